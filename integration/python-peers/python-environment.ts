import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultCacheFolder } from "@orrery/provision";
import { findPython } from "./find-python.ts";
import { runToEnd } from "./run-to-end.ts";

const REQUIREMENTS = fileURLToPath(new URL("requirements.txt", import.meta.url));

/** Longest time that the libraries may take to be installed, in milliseconds. */
const INSTALL_MS = 600_000;

/** The Python in which peers' charms run. */
export interface PythonEnvironment {
  /** Its executable; `ops`, `scenario`, `cosl` and the relation libraries of requirements.txt can be imported there. */
  readonly python: string;
  /** Its folder in the cache. */
  readonly folder: string;
}

/**
 * Gives a Python that has the libraries of the field's charms, at the versions of requirements.txt and with its checksums.
 *
 * They are installed once into `python/` of the cache folder, in a virtual environment of their own for each Python version and
 * content of requirements.txt; from then on nothing is fetched.
 *
 * @throws Error that names what is missing: a Python of 3.10 or newer, its `venv`, or the packages.
 */
export async function pythonEnvironment(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<PythonEnvironment> {
  const base = await findPython(env);
  const text = readFileSync(REQUIREMENTS, "utf8");
  const digest = createHash("sha256")
    .update(JSON.stringify([text, base.version, base.platform]))
    .digest("hex")
    .slice(0, 12);
  const parent = join(defaultCacheFolder(env), "python");
  const folder = join(parent, `${base.version}-${digest}`);
  const python = join(folder, "bin", "python");
  if (existsSync(folder) && (await starts(python, env))) return { python, folder };
  await mkdir(parent, { recursive: true });
  const temporary = await mkdtemp(join(parent, ".making-"));
  try {
    await install({ base: base.path, folder: temporary, env });
    await rm(folder, { recursive: true, force: true });
    // Another run may have put the same there meanwhile; both are good.
    await rename(temporary, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return { python, folder };
}

async function starts(python: string, env: Readonly<Record<string, string | undefined>>): Promise<boolean> {
  const imports = "import ops, scenario, cosl, charmlibs.interfaces.tls_certificates";
  return (await runToEnd(python, ["-c", imports], { env })).failure === undefined;
}

async function install(into: {
  readonly base: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Promise<void> {
  const { base, folder, env } = into;
  tell(`installing the Python libraries of integration/python-peers/requirements.txt (once) ...`);
  const made = await runToEnd(base, ["-m", "venv", folder], { env, timeoutMs: INSTALL_MS });
  if (made.failure !== undefined) {
    throw new Error(
      `${base} cannot make a virtual environment: ${made.failure}; install Python's venv module (Debian: apt-get install python3-venv)`,
    );
  }
  const started = performance.now();
  const pip = [
    "-m",
    "pip",
    "install",
    "--require-hashes",
    "--only-binary",
    ":all:",
    "--requirement",
    REQUIREMENTS,
  ];
  const installed = await runToEnd(join(folder, "bin", "python"), pip, {
    env: { ...env, PIP_DISABLE_PIP_VERSION_CHECK: "1" },
    timeoutMs: INSTALL_MS,
    onLine: (line) => {
      const [collected] = /^(?:Collecting [^ ]+|Installing collected packages)/.exec(line) ?? [];
      if (collected) tell(collected);
    },
  });
  if (installed.failure !== undefined) {
    throw new Error(
      `the Python libraries of integration/python-peers/requirements.txt cannot be installed: ${installed.failure}; they are fetched from PyPI once, so check the network and pip's own configuration`,
    );
  }
  tell(`done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

function tell(line: string): void {
  process.stderr.write(`python-peers: ${line}\n`);
}
