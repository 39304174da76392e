// @ts-check
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SetUpFailure } from "./failure.mjs";
import { cleanInstall } from "./npm.mjs";
import { step } from "./progress.mjs";
import { root } from "./repository.mjs";

/** The oldest Node that runs our TypeScript as it stands, without a flag or a warning. */
const OWN_ENOUGH = [24, 12];
/** The oldest Node that can run this set-up. */
const SET_UP_ENOUGH = [20, 0];

const folder = join(root, ".ci/node");
const name = `node-${process.platform}-${process.arch}`;
const entry = `node_modules/${name}`;
const binary = join(folder, entry, "bin/node");

/**
 * Refuses a Node that cannot run the set-up.
 *
 * @throws {SetUpFailure} `SETUP_NODE_TOO_OLD`
 */
export function requireNode20() {
  if (atLeast(SET_UP_ENOUGH)) return;
  throw new SetUpFailure(
    "SETUP_NODE_TOO_OLD",
    `node is ${process.versions.node}, and the set-up needs 20 or newer`,
    "install Node 20 or newer; the project brings its own Node 24 from there",
  );
}

/**
 * Gives the path of a Node that runs the project, if it is there already: the running one, or the pinned one.
 *
 * @returns {string | undefined}
 */
export function presentNode() {
  if (atLeast(OWN_ENOUGH)) return process.execPath;
  return pinned() !== undefined && installed() === pinned() ? binary : undefined;
}

/**
 * Brings the pinned Node, whose package is held by integrity in `.ci/node/package-lock.json`.
 *
 * @param {AbortSignal} signal
 * @returns {Promise<string>} its path
 * @throws {SetUpFailure} `SETUP_PLATFORM_UNSUPPORTED` where no Node is pinned for this platform or the pinned one does not start
 */
export async function bringNode(signal) {
  const remedy = `install Node ${OWN_ENOUGH.join(".")} or newer yourself, put it first on the PATH, and run the command again`;
  if (pinned() === undefined) {
    const found = `no Node is pinned for ${process.platform} on ${process.arch}, only for Linux on x64 and arm64`;
    throw new SetUpFailure("SETUP_PLATFORM_UNSUPPORTED", found, remedy);
  }
  const { version } = lockEntries("package-lock.json")[entry];
  await step(
    `node is ${process.versions.node}: bringing Node ${version} beside it (190 MB on disk, once)`,
    () => cleanInstall(process.execPath, folder, signal),
  );
  const started = spawnSync(binary, ["--version"], { encoding: "utf8" });
  if (started.status === 0) return binary;
  const why = started.error?.message ?? started.stderr.trim();
  throw new SetUpFailure(
    "SETUP_PLATFORM_UNSUPPORTED",
    `the pinned Node ${version} does not start here: ${why}`,
    remedy,
  );
}

/** @param {number[]} wanted major and minor */
function atLeast([major = 0, minor = 0]) {
  const [ownMajor = 0, ownMinor = 0] = process.versions.node.split(".").map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/** The integrity that the lock file pins, `undefined` when this platform has none. */
function pinned() {
  return lockEntries("package-lock.json")[entry]?.integrity;
}

/** The integrity of what is installed; npm writes this file last, so a broken install has none. */
function installed() {
  return lockEntries("node_modules/.package-lock.json")[entry]?.integrity;
}

/** @param {string} file */
function lockEntries(file) {
  try {
    return JSON.parse(readFileSync(join(folder, file), "utf8")).packages;
  } catch {
    return {};
  }
}
