import { runToEnd } from "./run-to-end.ts";

/** A Python of the machine. */
export interface Python {
  readonly path: string;
  /** Such as `3.11`. */
  readonly version: string;
  /** Kind of interpreter and machine, such as `cpython-linux-x86_64`. */
  readonly platform: string;
}

/** ops 3 needs this one or a newer one. */
const OLDEST_MINOR = 10;

const NAMES = ["python3", ...[14, 13, 12, 11, 10].map((minor) => `python3.${minor}`)];

const ASK =
  "import json, platform, sys; print(json.dumps([sys.executable, *sys.version_info[:2], sys.implementation.name, sys.platform, platform.machine()]))";

/**
 * Finds a Python of 3.10 or newer: the one that `ORRERY_PYTHON` names, else on the PATH.
 *
 * @throws Error that lists what was tried.
 */
export async function findPython(env: Readonly<Record<string, string | undefined>>): Promise<Python> {
  const given = env["ORRERY_PYTHON"];
  const tried: string[] = [];
  for (const name of given ? [given] : NAMES) {
    const asked = await runToEnd(name, ["-c", ASK], { env });
    if (asked.failure !== undefined) {
      tried.push(`${name}: ${asked.failure}`);
      continue;
    }
    const [path, major, minor, kind, system, machine]: readonly [
      string,
      number,
      number,
      string,
      string,
      string,
    ] = JSON.parse(asked.stdout);
    const version = `${major}.${minor}`;
    if (major === 3 && minor >= OLDEST_MINOR)
      return { path, version, platform: `${kind}-${system}-${machine}` };
    tried.push(`${name}: is ${version}`);
  }
  throw new Error(
    `no Python of 3.${OLDEST_MINOR} or newer was found (${tried.join("; ")}); install python3 with its venv module, or give one in ORRERY_PYTHON`,
  );
}
