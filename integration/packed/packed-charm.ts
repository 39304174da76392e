import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { packCharm } from "@orrery/juju-host";
import type { PackOptions } from "@orrery/juju-host";
import { StrictJuju, hookEnvironment, jujuState, serveTools } from "@orrery/juju-host/testing";
import type { HookRequest, JujuState, ServedTools, ToolCall } from "@orrery/juju-host/testing";
import { unzipSync } from "fflate";

/** The folder of a charm of this repository. */
export function charmFolder(name: string): string {
  return resolve(import.meta.dirname, "../../charms", name);
}

/** Packs a charm into a folder; without Node, since compressing it takes long and changes nothing else. */
export async function pack(name: string, into: string, more: Partial<PackOptions> = {}): Promise<string> {
  return (await packCharm({ charm: charmFolder(name), into, node: "none", ...more })).path;
}

/** A packed charm as Juju unpacks it, with programs that answer as Juju's hook tools do. */
export class UnpackedCharm implements AsyncDisposable {
  readonly #home: string = mkdtempSync(join(tmpdir(), "orrery-packed-"));
  /** Where Juju would have the charm. */
  readonly folder: string = join(this.#home, "charm");
  #tools: ServedTools | undefined;

  static async of(archive: string): Promise<UnpackedCharm> {
    const charm = new UnpackedCharm();
    const files = unzipSync(readFileSync(archive));
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(charm.folder, path)), { recursive: true });
      writeFileSync(join(charm.folder, path), content);
    }
    chmodSync(join(charm.folder, "dispatch"), 0o755);
    const path = `${dirname(process.execPath)}:/usr/bin:/bin`;
    charm.#tools = await serveTools(join(charm.#home, "tools"), path);
    return charm;
  }

  /** Runs `dispatch` once, as Juju does: the environment made from nothing, the charm's folder as its own. */
  async dispatch(juju: StrictJuju, request: HookRequest): Promise<RanHook> {
    const hook = juju.begin(request);
    const tools = this.#tools;
    if (!tools) throw new Error("the charm is not unpacked");
    tools.answer = hook.runTool;
    const env = { ...hookEnvironment(juju.state, request, this.folder), ...tools.environment };
    const { exitCode, output } = await run(join(this.folder, "dispatch"), this.folder, env);
    hook.end(exitCode);
    return { exitCode, output, calls: hook.calls };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tools?.[Symbol.asyncDispose]();
    rmSync(this.#home, { recursive: true, force: true });
  }
}

/** What a hook came to. */
export interface RanHook {
  readonly exitCode: number;
  /** Both its streams. */
  readonly output: string;
  readonly calls: readonly ToolCall[];
}

async function run(
  program: string,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly exitCode: number; readonly output: string }> {
  return await new Promise((resolve, reject) => {
    const child = spawn(program, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
    child.once("error", reject);
    child.once("close", (code) => resolve({ exitCode: code ?? -1, output }));
  });
}

/** A Juju in which the storefront has just been deployed. */
export function storefrontJuju(given: Partial<JujuState> = {}): StrictJuju {
  return new StrictJuju(
    jujuState({
      unit: "storefront/0",
      leader: true,
      model: { name: "shop", uuid: "6a5e9d0c-3f43-4c3d-9b59-0d3f2f5f0a10" },
      address: "10.1.2.3",
      endpoints: ["metrics-endpoint", "orrery-units"],
      relations: {
        0: { endpoint: "orrery-units", application: "storefront", units: [], bags: {}, peers: true },
      },
      ...given,
    }),
  );
}

/** A command line as a person reads it, with what it was given by its standard input, cut. */
export function lineOf({ name, args, input }: ToolCall): string {
  const given =
    input === undefined || input === "" ? "" : ` < ${input.replaceAll(/("[^"]{40})[^"]*("?)/g, "$1…$2")}`;
  return `${name} ${args.join(" ")}${given}`.slice(0, 300);
}
