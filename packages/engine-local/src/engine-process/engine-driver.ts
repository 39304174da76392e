import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Engine } from "@orrery/engine";
import type { Level, ModelStatus } from "@orrery/engine";
import { OrreryError, isOrreryError } from "@orrery/problems";
import { provision } from "@orrery/provision";
import type { ProvisionOptions } from "@orrery/provision";
import { LocalCharms } from "../charm-source/local-charms.ts";
import { engineHome } from "../home/engine-home.ts";
import { localForeign } from "../foreign/local-foreign.ts";
import { httpGet, httpRequest } from "../http/loopback-http.ts";
import { WorkloadLogs } from "../log/workload-logs.ts";
import { probePort } from "../network/probe-port.ts";
import { workloadEnvironment } from "../network/workload-environment.ts";
import { runCommand } from "../process/run-command.ts";
import { runitOf } from "../services/runit-binaries.ts";
import { openStore } from "../store/sqlite-store.ts";
import type { SqliteStore } from "../store/sqlite-store.ts";
import { loadBackend } from "../substrate/load-backend.ts";
import { LocalSubstrate } from "../substrate/local-substrate.ts";
import { openVault } from "../vault/open-vault.ts";
import { charmEnvironment } from "./charm-environment.ts";
import { OWN_APPLICATION, deployItself } from "./deploy-itself.ts";
import { hookSettings } from "./hook-settings.ts";
import { RunWatch } from "./run-watch.ts";
import { failureOf } from "./failure.ts";
import { UnitPrograms } from "./unit-programs.ts";
import type { Failure, WorkerCall, WorkerMessage, WorkerStart } from "./worker-messages.ts";

/** Workloads are looked at this often, in milliseconds. */
const LOOK_MS = 1000;
/** Outcomes whose workload has not answered yet are tried again after this long, then twice as long, up to a minute. */
const AGAIN_MS = 5000;
const LONGEST_AGAIN_MS = 60_000;
/** Others wait so long for charms in processes of their own before they go on without them, in milliseconds. */
const PATIENCE_MS = 500;

interface NewLogLine {
  readonly level: Level;
  readonly entity: string;
  readonly message: string;
}

/** The engine with everything around it, in one thread: runs it when there is something to do. */
export class EngineDriver {
  readonly #tell: (message: WorkerMessage) => void;
  readonly #store: SqliteStore;
  readonly #engine: Engine;
  readonly #substrate: LocalSubstrate;
  readonly #programs = new UnitPrograms(Date.now);
  readonly #logs: WorkloadLogs;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #waiting = new Map<string, { readonly at: number; readonly delay: number }>();
  #wake: NodeJS.Timeout | undefined;
  #told = "";
  #closed = false;
  #observing = false;

  constructor(start: WorkerStart, tell: (message: WorkerMessage) => void) {
    this.#tell = tell;
    const home = engineHome(start.home);
    this.#logs = new WorkloadLogs(home.units);
    this.#store = openStore(home.database);
    const rows = [...this.#store.load()];
    const options = (unit?: string): ProvisionOptions => ({
      cacheFolder: start.cacheFolder,
      paths: start.programs,
      onProgress: (event) => {
        if (unit !== undefined) this.#programs.note(unit, event);
        tell({ tell: "progress", progress: { ...(unit === undefined ? {} : { unit }), event } });
        if (event.phase !== "ready") tell({ tell: "changed" });
      },
    });
    this.#substrate = new LocalSubstrate({
      home,
      environment: workloadEnvironment(process.env, start.listen),
      runit: async () => runitOf((await provision(["runit"], options()))["runit"]?.binaries ?? {}),
      programs: async (unit, names) => {
        try {
          return await provision(names, options(unit));
        } finally {
          this.#programs.forget(unit);
        }
      },
      backend: loadBackend,
      request: httpRequest,
      run: runCommand,
      probe: probePort,
      mask: (text) => this.#engine.mask(text),
      ...(start.listen === undefined ? {} : { listen: start.listen }),
      now: Date.now,
    });
    const vault = openVault(rows, home.key);
    this.#engine = new Engine({
      store: this.#store,
      vault,
      model: start.model,
      clock: Date.now,
      random: (bytes) => randomBytes(bytes),
      substrate: this.#substrate,
      charms: new LocalCharms({
        folders: start.charms,
        env: charmEnvironment(process.env),
        deadlineMs: start.deadlineMs,
        watch: new RunWatch({ marks: start.marks, now: Date.now, tell }),
        unpacked: join(start.cacheFolder, "charms"),
        hooks: hookSettings(home, {
          deadlineMs: start.hookDeadlineMs,
          vault,
          log: (entity, level, message) => this.#logHook({ level, entity, message }),
        }),
        onOutput: (entity, message) => this.#log({ level: "INFO", entity, message: `charm: ${message}` }),
      }),
      get: httpGet,
      foreign: localForeign,
      patience: async () => await sleep(PATIENCE_MS, undefined, { ref: false }),
    });
    this.#engine.onEvent(({ sequence: _sequence, ...event }) => tell({ tell: "log", from: "engine", event }));
    this.#engine.onChange(() => tell({ tell: "changed" }));
    this.#isNew = rows.length === 0;
  }

  readonly #isNew: boolean;

  /**
   * Gets the supervisor, has it run what should run, and begins to work.
   *
   * @throws OrreryError `SUPERVISOR_UNAVAILABLE`.
   */
  async start(): Promise<void> {
    await (await this.#substrate.supervisor()).adopt();
    const misplaced = this.#substrate.misplaced();
    if (misplaced.length > 0) this.#engine.placeAgain(misplaced);
    if (this.#isNew) await deployItself(this.#engine, (event) => this.#log(event));
    this.#timers.push(setInterval(() => void this.#look(), LOOK_MS));
    this.#drive();
  }

  /** Answers the main thread. */
  async call(call: WorkerCall): Promise<unknown> {
    switch (call.method) {
      case "execute": {
        if (this.#closed) throw new OrreryError("ENGINE_BUSY", "the engine is being ended");
        const result = await this.#engine.execute(call.command);
        this.#drive();
        return result;
      }
      case "status":
        return this.#status(call.relations);
      case "unit":
        return this.#engine.showUnit(call.unit);
      case "config":
        return this.#engine.showConfig(call.application);
      case "secrets":
        return this.#engine.secrets();
      case "secret":
        return this.#engine.showSecret(call.secret, { reveal: call.reveal });
      case "plan":
        return await this.#engine.bridges.plan(call.application);
      case "planDisconnect":
        return await this.#engine.bridges.planDisconnect(call.application);
      case "getExternal":
        return await this.#engine.bridges.get(call.application, call.url);
      case "expectations":
        return this.#engine.expectations();
      case "problems":
        return this.#engine.problems();
      case "counters":
        return this.#engine.counters();
      case "close":
        await this.#close();
        return undefined;
      case "ping":
        break;
    }
    return "pong";
  }

  /** What went wrong as it may leave the engine. */
  failure(cause: unknown): Failure {
    const { code, message, remedy } = failureOf(cause, "REQUEST_INVALID");
    return { code, message: this.#engine.mask(message), remedy: this.#engine.mask(remedy) };
  }

  #status(relations: boolean): ModelStatus {
    return this.#programs.overlay(this.#engine.status({ relations }));
  }

  /** Works until there is nothing left; meets a run that is under way. */
  #drive(): void {
    if (this.#closed) return;
    clearTimeout(this.#wake);
    void this.#settle();
  }

  async #settle(): Promise<void> {
    try {
      await this.#engine.settle();
      if (this.#closed) return;
      this.#tellMetrics();
      this.#schedule();
    } catch (cause) {
      const message = isOrreryError(cause) ? `${cause.code}: ${cause.message}` : String(cause);
      this.#log({ level: "ERROR", entity: "engine", message });
      this.#wake = setTimeout(() => this.#drive(), AGAIN_MS);
    }
  }

  #schedule(): void {
    const at = this.#engine.nextWake();
    if (at === undefined) return;
    clearTimeout(this.#wake);
    this.#wake = setTimeout(() => this.#drive(), Math.min(Math.max(at - Date.now(), 50), 2 ** 31 - 1));
  }

  async #look(): Promise<void> {
    if (this.#observing || this.#closed) return;
    this.#observing = true;
    try {
      for (const event of this.#logs.read()) {
        const message = this.#engine.mask(event.message);
        this.#tell({ tell: "log", from: "workload", event: { ...event, message } });
      }
      const changed = await this.#engine.observe();
      // A settle that waits for a slow charm has set no alarm for what falls due meanwhile.
      const due = (this.#engine.nextWake() ?? Infinity) <= Date.now();
      if (this.#publishAgain() || changed || due) this.#drive();
    } catch (cause) {
      this.#log({ level: "ERROR", entity: "engine", message: `looking failed: ${String(cause)}` });
    } finally {
      this.#observing = false;
    }
  }

  /** Has those workloads asked again that had not answered. Says whether there are any whose time has come. */
  #publishAgain(): boolean {
    const now = Date.now();
    const waiting = new Set(this.#substrate.waiting());
    for (const unit of this.#waiting.keys()) if (!waiting.has(unit)) this.#waiting.delete(unit);
    const due = [...waiting].filter((unit) => {
      const before = this.#waiting.get(unit);
      if (before && now < before.at) return false;
      const delay = before ? Math.min(before.delay * 2, LONGEST_AGAIN_MS) : AGAIN_MS;
      this.#waiting.set(unit, { at: now + delay, delay });
      return before !== undefined;
    });
    this.#engine.publishAgain(due);
    return due.length > 0;
  }

  #tellMetrics(): void {
    const own = this.#engine.status().applications[OWN_APPLICATION];
    const unit = own?.["charm-name"] === OWN_APPLICATION ? own.units[`${OWN_APPLICATION}/0`] : undefined;
    const port = unit?.ports["metrics"];
    if (unit?.address === undefined || port === undefined) return;
    const message = { tell: "metrics", address: unit.address, port } as const;
    if (JSON.stringify(message) !== this.#told) this.#tell(message);
    this.#told = JSON.stringify(message);
  }

  /** What charms say in detail would crowd out everything else; as what workloads print, it has a place of its own. */
  #logHook(event: NewLogLine): void {
    this.#write(event, event.level === "DEBUG" ? "workload" : "engine");
  }

  #log(event: NewLogLine): void {
    this.#write(event, "engine");
  }

  #write(event: NewLogLine, from: "workload" | "engine"): void {
    const message = this.#engine.mask(event.message);
    this.#tell({ tell: "log", from, event: { ...event, message, time: new Date().toISOString() } });
  }

  /** Begins nothing new; what runs goes on. */
  async #close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#wake);
    for (const timer of this.#timers) clearInterval(timer);
    await this.#substrate.close();
    this.#engine.close();
    this.#store.close();
  }
}
