import type { Status, View } from "@orrery/charm";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { hookName } from "../events/hook.ts";
import type { Cause, HookRun } from "../hook-run/hook-run.ts";
import type { Work } from "../hook-run/work.ts";
import { findProgram } from "../process/find-program.ts";
import { hookEnvironment } from "../process/hook-environment.ts";
import { noteEnded, noteRunning } from "../process/leftovers.ts";
import { runProgram } from "../process/run-program.ts";
import type { ProgramEnd } from "../process/run-program.ts";
import { TOOL_LIMITS } from "../tool-server/tool-limits.ts";
import { ToolServer } from "../tool-server/tool-server.ts";
import { makeToolsFolder } from "../tool-server/tools-folder.ts";
import type { AgentCharm, HookSettings } from "./agent-options.ts";
import { HookLog } from "./hook-log.ts";
import type { LastSeen } from "./last-seen.ts";
import type { UnitPaths } from "./unit-paths.ts";

/** What a run takes. */
export interface RunOptions {
  readonly charm: AgentCharm;
  readonly settings: HookSettings;
  readonly paths: UnitPaths;
  readonly lastSeen: LastSeen;
  readonly view: View;
  readonly cause: Cause;
  readonly onStatus: (status: Status) => void;
  readonly work: Work;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** How a run ended, and what it made. */
export interface RunEnd {
  /** `missing`: the charm has no program for it, which is no failure of a hook. */
  readonly end: ProgramEnd | { readonly how: "missing" };
  readonly work: Work;
  readonly stdout: string;
  readonly stderr: string;
  /** What the program said last of an error: to the log, else on standard error; empty when it said nothing. */
  readonly lastWords: string;
  /** Limits that it went past, in words. */
  readonly excess: readonly string[];
}

const DEFAULT_MEMORY = 1024 ** 3;
const MOST_PROCESSES = 256;
/** Characters of each stream that are kept for an action's results and a failure's last words. */
const KEPT = 64 * 1024;

/** Runs a charm's program for a hook or an action, with a server of hook tools of its own. */
export async function runCause(options: RunOptions): Promise<RunEnd> {
  const { charm, settings, paths, view, cause } = options;
  const name = cause.kind === "hook" ? hookName(cause.hook) : cause.action.name;
  const program = findProgram(paths.charm, cause.kind === "hook" ? `hooks/${name}` : `actions/${name}`);
  if (program === undefined)
    return { end: { how: "missing" }, work: options.work, stdout: "", stderr: "", lastWords: "", excess: [] };
  const log = new HookLog((level, message) => settings.log(view.unit, level, `${name}: ${message}`));
  const excess: string[] = [];
  const storageFolder = (one: string): string | undefined => storageOf(charm, paths, one);
  const run: HookRun = {
    view,
    cause,
    metadata: charm.metadata,
    lastSeen: options.lastSeen,
    storageFolder,
    onStatus: options.onStatus,
    log: log.write,
    now: settings.now,
    random: settings.random,
    work: options.work,
  };
  await using server = await ToolServer.open({
    folder: paths.sockets,
    run,
    limits: settings.toolLimits ?? TOOL_LIMITS,
    onLimit: (what) => excess.push(what),
  });
  const { contextId } = server;
  const kept = { stdout: "", stderr: "" };
  const end = await runProgram({
    program,
    cwd: paths.charm,
    folder: dirname(server.address),
    env: hookEnvironment({
      view,
      cause,
      charmFolder: paths.charm,
      toolsFolder: makeToolsFolder(settings.toolsFolder, settings.client),
      contextId,
      socket: server.address,
      storageFolder,
      path: settings.path,
    }),
    limits: {
      deadlineMs: options.deadlineMs,
      memoryBytes: settings.memoryBytes ?? DEFAULT_MEMORY,
      processes: MOST_PROCESSES,
    },
    onLine: (stream, line) => {
      if (kept[stream].length < KEPT) kept[stream] += `${line}\n`;
      log.write(stream === "stdout" ? "DEBUG" : "WARNING", line);
    },
    onStart: (started) => noteRunning(paths.running, { ...started, contextId }),
    signal: options.signal,
  });
  noteEnded(paths.running);
  if (end.how === "limit") excess.push(end.what);
  if (log.excess !== undefined) excess.push(log.excess);
  const lastWords = log.lastError === "" ? (kept.stderr.trim().split("\n").at(-1) ?? "") : log.lastError;
  return { end, work: run.work, ...kept, lastWords, excess };
}

/** Names of the storage that every unit of a charm has. */
export function storageNames({ metadata }: Pick<AgentCharm, "metadata">): readonly string[] {
  return Object.entries(metadata.storage).flatMap(([name, count]) =>
    Array.from({ length: count }, (_, i) => `${name}/${i}`),
  );
}

function storageOf(charm: AgentCharm, paths: UnitPaths, name: string): string | undefined {
  if (!storageNames(charm).includes(name)) return undefined;
  const folder = join(paths.storage, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
