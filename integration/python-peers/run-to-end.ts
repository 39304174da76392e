import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** How a process ended, and what it printed. */
export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  /** Why it did not end well, with the last lines that it printed; absent when it did. */
  readonly failure?: string;
}

/** The most characters of output that a failure repeats. */
const TOLD = 2000;

/** Runs a process to its end with what it reads on standard input; never rejects. */
export async function runToEnd(
  command: string,
  args: readonly string[],
  options: {
    /** The whole environment of the process. */
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly input?: string;
    readonly timeoutMs?: number;
    /** Called with each line of standard output as it comes. */
    readonly onLine?: (line: string) => void;
  },
): Promise<Ended> {
  const child = spawn(command, args, {
    env: options.env,
    stdio: ["pipe", "pipe", "pipe"],
    timeout: options.timeoutMs ?? 60_000,
  });
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      printed[name] += text;
    });
  }
  if (options.onLine) createInterface({ input: child.stdout }).on("line", options.onLine);
  // A process that ends without reading closes the pipe; how it ended tells more.
  child.stdin.on("error", () => {}).end(options.input ?? "");
  try {
    const [code, signal]: unknown[] = await once(child, "close");
    if (code === 0) return printed;
    const told = (printed.stderr.trim() || printed.stdout.trim()).slice(-TOLD);
    return { ...printed, failure: `ended with ${String(code ?? signal)}: ${told}` };
  } catch (error) {
    return { ...printed, failure: error instanceof Error ? error.message : String(error) };
  }
}
