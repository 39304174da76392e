// @ts-check
import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { report } from "./failure.mjs";
import { prepare } from "./prepare.mjs";

/**
 * Makes the clone ready and then runs the real command in our place: same terminal, same signals, same exit code.
 *
 * @param {readonly string[]} args for Node, our own script first
 * @param {{ cwd?: string }} [options] the folder to run in, the caller's when absent
 * @returns {Promise<void>}
 */
export async function handOver(args, options = {}) {
  try {
    const node = await prepare();
    await become(node, args, options);
  } catch (error) {
    report(error);
  }
}

/**
 * @param {string} node
 * @param {readonly string[]} args
 * @param {{ cwd?: string }} options
 */
async function become(node, args, options) {
  const PATH = [dirname(node), process.env["PATH"]].filter(Boolean).join(delimiter);
  const child = spawn(node, args, { ...options, stdio: "inherit", env: { ...process.env, PATH } });
  // A terminal's Ctrl-C reaches the child without us; passing it on would make it two, and two mean "at once".
  const fromTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  process.on("SIGINT", () => fromTerminal || child.kill("SIGINT"));
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.on("SIGHUP", () => child.kill("SIGHUP"));
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (...ended) => resolve(ended));
  });
  if (signal === null) process.exit(code);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
