import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Charm, ContainerSpec } from "@orrery/charm";
import { HookTools } from "../tools/hook-tools.ts";
import { runTool } from "../tools/run-tool.ts";
import { attachedPath } from "../tools/unit-tools.ts";
import { charmWorkloadFiles } from "../workload/charm-workload-files.ts";
import { httpPost } from "../workload/http-post.ts";
import { PebbleWorkload } from "../workload/pebble/pebble-workload.ts";
import { runProgram } from "../workload/run-program.ts";
import { SystemdWorkload } from "../workload/systemd/systemd-workload.ts";
import type { Workload } from "../workload/workload.ts";
import type { Environment, HookContext } from "./hook-context.ts";
import { readContext } from "./hook-context.ts";
import type { PackedSettings } from "./packed-settings.ts";
import { exitCodeOf } from "./run-hook.ts";
import { STATE } from "./state-folder.ts";

/** Where Juju puts each container's socket. @see juju-protocol, Pebble: transport. */
const SOCKETS = "/charm/containers";
const UNIT_FILES = "/etc/systemd/system";
/** @see sd_booted(3): it is there where systemd runs the machine. */
const BOOTED = "/run/systemd/system";

/**
 * Runs the hook that this process was started for, and ends the process: Juju waits for it without a limit.
 *
 * What is not of the known form is told on standard error, which Juju logs.
 */
export async function runPacked(charm: Charm, settings: PackedSettings): Promise<never> {
  try {
    process.exit(await run(charm, settings, process.env));
  } catch (cause) {
    process.stderr.write(`${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`);
    process.exit(1);
  }
}

async function run(charm: Charm, settings: PackedSettings, environment: Environment): Promise<0 | 1> {
  const context = readContext(environment);
  const loaded = charm.load(settings.assets);
  const tools = new HookTools(runTool);
  const kubernetes = settings.substrate === "kubernetes";
  const { containers } = loaded.manifest;
  return await exitCodeOf({
    tools,
    context,
    charm: loaded,
    workload: kubernetes
      ? pod(settings, context, containers)
      : machine({ settings, context, containers, tools, path: environment["PATH"] ?? "" }),
    kubernetes,
    random: randomBytes,
    now: Date.now,
  });
}

type Containers = Readonly<Record<string, ContainerSpec>>;

function pod({ probes, workload }: PackedSettings, context: HookContext, containers: Containers): Workload {
  return new PebbleWorkload({
    containers,
    sockets: SOCKETS,
    base: STATE,
    probes,
    post: httpPost,
    pause,
    ...(workload === undefined
      ? {}
      : {
          workload: (folder) =>
            charmWorkloadFiles(join(context.charmFolder, "workload"), { to: folder, digest: workload }),
        }),
  });
}

interface MachineParts {
  readonly settings: PackedSettings;
  readonly context: HookContext;
  readonly containers: Containers;
  readonly tools: HookTools;
  readonly path: string;
}

function machine({ settings, context, containers, tools, path }: MachineParts): Workload {
  const { charmFolder, unit } = context;
  const node = join(charmFolder, "bin/node");
  return new SystemdWorkload({
    unit,
    containers,
    base: join(STATE, unit.replace("/", "-")),
    unitFolder: UNIT_FILES,
    workingFolder: settings.workload === undefined ? charmFolder : join(charmFolder, "workload"),
    workload: settings.workload ?? "",
    // A charm that was packed without Node runs on the machine's.
    node: existsSync(node) ? node : process.execPath,
    programs: { path, attached: async (name) => await attachedPath(tools, name) },
    probes: settings.probes,
    booted: () => existsSync(BOOTED),
    run: runProgram,
    post: httpPost,
    pause,
  });
}

async function pause(ms: number): Promise<void> {
  await setTimeout(ms);
}
