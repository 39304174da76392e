import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OrreryError } from "@orrery/problems";
import type { ProgramManifest, StartProbe, VersionProbe } from "./program-manifest.ts";
import type { ProcessResult } from "./process/run-process.ts";
import type { Session } from "./session.ts";
import { satisfies } from "./version-range.ts";

/** How long a program may take to tell its version or to be up, in milliseconds; a cold disk is slow. */
const CHECK_MS = 15_000;

/** What a check found. */
export interface CheckedProgram {
  /** Absent when the program tells none. */
  readonly version?: string;
  /** What the manifest says of such a build. */
  readonly notes: readonly string[];
}

/**
 * Runs a program to see its version and that it starts.
 *
 * @param path - Absolute path of the main binary.
 * @throws {@link OrreryError} `PROGRAM_DOES_NOT_START`, `PROGRAM_VERSION_OUT_OF_RANGE`.
 */
export async function checkProgram(
  session: Session,
  manifest: ProgramManifest,
  path: string,
): Promise<CheckedProgram> {
  if (manifest.probe === undefined) return { notes: [] };
  const { version, output } = await askVersion(session, manifest.probe, path);
  if (version !== undefined && !satisfies(version, manifest.versions)) {
    throw new OrreryError(
      "PROGRAM_VERSION_OUT_OF_RANGE",
      `${path} is version ${version}, ${manifest.versions} is supported`,
    );
  }
  if (manifest.start) await seeStart(session, manifest.start, path);
  const notes = (manifest.notes ?? []).filter((rule) => !rule.unless.test(output));
  return { ...(version === undefined ? {} : { version }), notes: notes.map((rule) => rule.note) };
}

async function askVersion(
  session: Session,
  probe: VersionProbe,
  path: string,
): Promise<{ version: string | undefined; output: string }> {
  const result = await session.world.run(path, probe.arguments, {
    env: session.world.env,
    timeoutMs: CHECK_MS,
    signal: session.options.signal,
  });
  const said = probe.says.exec(result.output);
  if (!(probe.exitCodes ?? [0]).includes(result.exitCode ?? -1) || said === null) {
    throw doesNotStart([path, ...probe.arguments].join(" "), result);
  }
  return { version: said[1], output: result.output };
}

async function seeStart(session: Session, probe: StartProbe, path: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "orrery-check-"));
  try {
    for (const [name, content] of Object.entries(probe.files)) await writeFile(join(folder, name), content);
    const args = probe.arguments.map((argument) => argument.replace("{folder}", folder));
    const result = await session.world.run(path, args, {
      cwd: folder,
      env: session.world.env,
      until: probe.ready,
      timeoutMs: CHECK_MS,
      signal: session.options.signal,
    });
    if (!result.matched) throw doesNotStart(`${path}, started as a service,`, result);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function doesNotStart(what: string, result: ProcessResult): OrreryError {
  const how = result.failure ?? `exit code ${result.exitCode}`;
  const last = result.output.trim().split("\n").at(-1)?.slice(0, 400) ?? "";
  return new OrreryError(
    "PROGRAM_DOES_NOT_START",
    `${what} ended with ${how}${last ? `, saying: ${last}` : ", saying nothing"}`,
  );
}
