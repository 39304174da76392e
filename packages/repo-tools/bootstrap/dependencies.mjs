// @ts-check
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cleanInstall } from "./npm.mjs";
import { step } from "./progress.mjs";
import { root } from "./repository.mjs";

const lockFile = join(root, "package-lock.json");
/** Holds the digest of the lock file that `node_modules` was installed from. */
const stampFile = join(root, "node_modules/.orrery-lock");

/** Says whether `node_modules` was installed from the lock file as it is now. Costs one read of the lock file. */
export function dependenciesPresent() {
  return read(stampFile) === digest();
}

/**
 * Installs what the lock file says, unless somebody's own `npm install` did so already.
 *
 * @param {string} node runs npm
 * @param {AbortSignal} signal
 */
export async function bringDependencies(node, signal) {
  if (!sameAsLock()) {
    rmSync(stampFile, { force: true });
    await step("installing dependencies from package-lock.json (once for each change of it)", () =>
      cleanInstall(node, root, signal),
    );
  }
  writeFileSync(stampFile, digest());
}

function digest() {
  return createHash("sha256").update(readFileSync(lockFile)).digest("hex");
}

/** Compares the lock file with the list that npm keeps, and writes last, of what it installed. */
function sameAsLock() {
  const list = read(join(root, "node_modules/.package-lock.json"));
  if (list === undefined) return false;
  const installed = JSON.parse(list).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(lockFile, "utf8")).packages);
  return wanted.every(([path, entry]) => {
    if (path === "" || !path.includes("node_modules/")) return true;
    const found = installed[path];
    if (found === undefined) return entry.optional === true && !meantForHere(entry);
    return (
      found.version === entry.version && found.integrity === entry.integrity && found.link === entry.link
    );
  });
}

/**
 * Says whether a native package that npm may leave out is one for this machine.
 *
 * @param {{ os?: string[], cpu?: string[], libc?: string[] }} entry
 */
function meantForHere({ os, cpu, libc }) {
  if (os === undefined && cpu === undefined) return false;
  return (
    (os ?? [process.platform]).includes(process.platform) &&
    (cpu ?? [process.arch]).includes(process.arch) &&
    (libc ?? [ownLibc()]).includes(ownLibc())
  );
}

function ownLibc() {
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return header.glibcVersionRuntime === undefined ? "musl" : "glibc";
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
