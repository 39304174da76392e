import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Engine } from "@orrery/engine";
import type { ForeignSystems, LogEvent, Row, Store, Vault } from "@orrery/engine";
import { OrreryError } from "@orrery/problems";
import { isHookCharm } from "@orrery/foreign-charms";
import type { ModelClient } from "../api/engine-client.ts";
import { LocalCharms } from "../charm-source/local-charms.ts";
import { charmEnvironment } from "../engine-process/charm-environment.ts";
import { deployItself } from "../engine-process/deploy-itself.ts";
import type { EngineSettings } from "../engine-process/engine-settings.ts";
import { workerStart } from "../engine-process/engine-settings.ts";
import { localForeign } from "../foreign/local-foreign.ts";
import { hookSettings } from "../engine-process/hook-settings.ts";
import { openHome } from "../home/engine-home.ts";
import { httpGet, httpRequest } from "../http/loopback-http.ts";
import { lockHome } from "../lock/engine-lock.ts";
import { probePort } from "../network/probe-port.ts";
import { workloadEnvironment } from "../network/workload-environment.ts";
import { runCommand } from "../process/run-command.ts";
import { openStore } from "../store/sqlite-store.ts";
import { loadBackend } from "../substrate/load-backend.ts";
import { openVault } from "../vault/open-vault.ts";
import { LocalSubstrate } from "../substrate/local-substrate.ts";

/** How a model is opened. */
export interface OpenModelOptions extends EngineSettings {
  /** Told each event of the model. */
  readonly onEvent?: (event: LogEvent) => void;
  /** More of the environment of charms in processes of their own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Puts something between the model and its state, or the foreign systems: for tests of crashes. */
  readonly wrap?: {
    readonly store?: (store: Store) => Store;
    readonly foreign?: (foreign: ForeignSystems) => ForeignSystems;
  };
}

/** A model that is open in this process; disposing lets go of it and leaves nothing running. */
export interface OpenedModel extends ModelClient, AsyncDisposable {}

/** Others wait so long for charms in processes of their own, in milliseconds. */
const PATIENCE_MS = 500;

/**
 * Opens a data folder's model in this process, for as long as a command takes: nothing is started, and units that run something are left
 * as they are. Charms that run nothing, as bridges do, are run.
 *
 * @throws OrreryError `ENGINE_RUNNING` when an engine or another command has the folder, `HOME_UNUSABLE`, `STORE_SCHEMA`, `STORE_FAILED`.
 */
export async function openModel({
  onEvent,
  wrap = {},
  environment,
  ...settings
}: OpenModelOptions): Promise<OpenedModel> {
  const home = openHome(settings.home);
  const lock = lockHome(home, new Date().toISOString());
  const start = workerStart({ ...settings, home: home.folder });
  const opened = openStore(home.database);
  const rows = [...opened.load()];
  const store = wrap.store?.(opened) ?? opened;
  const substrate = new LocalSubstrate({
    home,
    environment: workloadEnvironment(process.env),
    runit: () =>
      Promise.reject(new OrreryError("SUPERVISOR_UNAVAILABLE", "no engine runs that would supervise")),
    programs: () =>
      Promise.reject(new OrreryError("PROGRAM_UNAVAILABLE", "no engine runs that would have programs")),
    backend: loadBackend,
    request: httpRequest,
    run: runCommand,
    probe: probePort,
    mask: (text) => engine.mask(text),
    now: Date.now,
  });
  const vault = openVaultOr(rows, home.key, () => {
    opened.close();
    rmSync(home.owner, { force: true });
    lock[Symbol.dispose]();
  });
  const engine: Engine = new Engine({
    store,
    vault,
    model: start.model,
    clock: Date.now,
    random: (bytes) => randomBytes(bytes),
    substrate,
    charms: new LocalCharms({
      folders: start.charms,
      env: { ...charmEnvironment(process.env), ...environment },
      deadlineMs: start.deadlineMs,
      watch: { begin: () => () => undefined },
      unpacked: join(start.cacheFolder, "charms"),
      hooks: hookSettings(home, { deadlineMs: start.hookDeadlineMs, vault, log: () => undefined }),
      onOutput: () => undefined,
    }),
    get: httpGet,
    foreign: wrap.foreign?.(localForeign) ?? localForeign,
    takesPart: ({ manifest, folder }) =>
      Object.keys(manifest.containers).length === 0 && !isHookCharm(folder),
    patience: async () => await sleep(PATIENCE_MS, undefined, { ref: false }),
  });
  if (onEvent) engine.onEvent(onEvent);
  const close = async (): Promise<void> => {
    await substrate.close();
    engine.close();
    opened.close();
    rmSync(home.owner, { force: true });
    lock[Symbol.dispose]();
  };
  try {
    if (rows.length === 0) await deployItself(engine, () => undefined);
    await engine.settle();
  } catch (cause) {
    await close();
    throw cause;
  }
  return {
    command: async (command) => {
      const result = await engine.execute(command);
      await engine.settle();
      return result;
    },
    config: async (application) => engine.showConfig(application),
    expectations: async () => engine.expectations(),
    getExternal: async (application, url) => await engine.bridges.get(application, url),
    plan: async (application) => await engine.bridges.plan(application),
    planDisconnect: async (application) => await engine.bridges.planDisconnect(application),
    problems: async () => engine.problems(),
    status: async (options) => engine.status(options),
    [Symbol.asyncDispose]: close,
  };
}

/** Opens the vault; lets go of what was opened before where it does not open. */
function openVaultOr(rows: readonly Row[], key: string, letGo: () => void): Vault {
  try {
    return openVault(rows, key);
  } catch (cause) {
    letGo();
    throw cause;
  }
}
