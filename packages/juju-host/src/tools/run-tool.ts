import { spawn } from "node:child_process";

/** One call of a hook tool. */
export interface ToolCall {
  /** Such as `relation-get`. */
  readonly name: string;
  readonly args: readonly string[];
  /** What it is given on its standard input; nothing when absent. */
  readonly input?: string;
}

/** What a hook tool answered. */
export interface ToolResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one hook tool to its end; rejects only when it cannot be started. */
export type RunTool = (call: ToolCall) => Promise<ToolResult>;

/**
 * The real {@link RunTool}: the tool is found on the PATH and inherits the hook's environment, by which it finds its agent.
 *
 * @see juju-protocol, Hook tools: calling convention.
 */
export const runTool: RunTool = ({ name, args, input }) =>
  new Promise((resolve, reject) => {
    const child = spawn(name, args, { stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"] });
    const kept = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    for (const stream of ["stdout", "stderr"] as const)
      child[stream]?.on("data", (chunk: Buffer) => kept[stream].push(chunk));
    child.once("error", reject);
    child.once("close", (code) => {
      const [stdout, stderr] = [kept.stdout, kept.stderr].map((chunks) =>
        Buffer.concat(chunks).toString("utf8"),
      );
      resolve({ exitCode: code ?? 1, stdout: stdout ?? "", stderr: stderr ?? "" });
    });
    // A tool that has refused its arguments does not read; its answer tells why.
    child.stdin?.once("error", () => undefined);
    child.stdin?.end(input);
  });
