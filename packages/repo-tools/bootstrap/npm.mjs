// @ts-check
import { accessSync, constants, existsSync, realpathSync } from "node:fs";
import { spawn } from "node:child_process";
import { homedir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { SetUpFailure } from "./failure.mjs";
import { root } from "./repository.mjs";

/**
 * Settings of the npm that started us which would change what a clean install does.
 *
 * npm hands its own settings down as variables: `npm start --omit=dev` would leave out what we need. Those that say how to reach
 * a registry (proxy, certificates, offline, cache) stay.
 */
const NOT_INHERITED =
  /^npm_config_(omit|include|only|production|dev|global|location|prefix|local_prefix|workspaces?|include_workspace_root|dry_run|package_lock|package_lock_only|install_strategy|install_links|legacy_bundling|global_style|bin_links|json|loglevel|force|cpu|os|libc|node_options)$/i;

/** How long npm may take to end when it is told to, in milliseconds. */
const LAST_STEPS_MS = 1_000;

/** How much of npm's own output a failure shows, in lines. */
const SHOWN_LINES = 15;

/**
 * Runs `npm ci` in a folder, quietly, under the given Node.
 *
 * Under Node 20 npm picks older versions and leaves out native packages, so which Node runs npm matters. No package's install
 * script is run: none of ours needs one.
 *
 * @param {string} node path of the Node that runs npm
 * @param {string} folder holds package.json and package-lock.json
 * @param {AbortSignal} signal ends npm, which is waited for
 * @returns {Promise<void>}
 * @throws {SetUpFailure} `SETUP_INSTALL_FAILED` with the end of npm's output, `SETUP_NPM_MISSING`
 */
export async function cleanInstall(node, folder, signal) {
  const npm = findNpm();
  const flags = [
    "ci",
    "--include=dev",
    "--include=optional",
    "--ignore-scripts",
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  const [command, args] = npm.endsWith(".js") ? [node, [npm, ...flags]] : [npm, flags];
  const child = spawn(command, args, {
    cwd: folder,
    env: environment(node),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const end = () => {
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), LAST_STEPS_MS).unref();
  };
  signal.addEventListener("abort", end, { once: true });
  const ended = await new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, by) =>
      resolve(code === 0 ? undefined : `ended with ${by ?? `exit code ${code}`}`),
    );
  });
  signal.removeEventListener("abort", end);
  signal.throwIfAborted();
  if (ended === undefined) return;
  const shown = output.trim().split("\n").slice(-SHOWN_LINES);
  throw new SetUpFailure(
    "SETUP_INSTALL_FAILED",
    `npm ci ${ended}${shown[0] ? `:\n  ${shown.join("\n  ")}\n` : ""}`.trimEnd(),
    "check that npm reaches a registry (`npm ping`) and no other npm works here, then run the command again",
  );
}

/**
 * Finds npm's own script, so that a Node of our choice can run it; a wrapper such as a version manager's is taken as it is.
 *
 * @returns {string}
 */
function findNpm() {
  const started = process.env["npm_execpath"] ?? "";
  const beside = join(dirname(started), "npm-cli.js");
  if (/^np[mx]-cli\.js$/.test(basename(started)) && existsSync(beside)) return beside;
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const candidate = join(folder, "npm");
    if (folder !== "" && existsSync(candidate)) return realpathSync(candidate);
  }
  const shipped = join(dirname(realpathSync(process.execPath)), "../lib/node_modules/npm/bin/npm-cli.js");
  if (existsSync(shipped)) return shipped;
  throw new SetUpFailure(
    "SETUP_NPM_MISSING",
    "npm is not on the PATH nor beside node",
    "install npm 10 or newer",
  );
}

/**
 * @param {string} node
 * @returns {NodeJS.ProcessEnv}
 */
function environment(node) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !NOT_INHERITED.test(name) && name !== "NODE_ENV",
  );
  const env = Object.fromEntries(kept);
  env["PATH"] = [dirname(node), env["PATH"]].filter(Boolean).join(delimiter);
  if (env["npm_config_cache"] === undefined && !writable(join(homedir(), ".npm"))) {
    env["npm_config_cache"] = join(root, ".ci/node/.npm");
  }
  return env;
}

/** @param {string} folder which may be absent: then its parent decides */
function writable(folder) {
  try {
    accessSync(existsSync(folder) ? folder : dirname(folder), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
