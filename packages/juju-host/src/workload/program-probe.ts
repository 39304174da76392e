import type { CommandResult } from "./files/container-disk.ts";

/** How a program tells its version, as plain JSON. */
export interface ProgramProbe {
  /** Such as `--version`. */
  readonly arguments: readonly string[];
  /** A regular expression for what it writes; its first group is the version. */
  readonly says: string;
}

/** Probes by the program's name; one that is not among them tells no version. */
export type ProgramProbes = Readonly<Record<string, ProgramProbe>>;

/** The version that a program tells; empty when it tells none. */
export async function versionOf(
  probes: ProgramProbes,
  program: string,
  run: (args: readonly string[]) => Promise<CommandResult>,
): Promise<string> {
  const probe = Object.hasOwn(probes, program) ? probes[program] : undefined;
  if (!probe) return "";
  const result = await run(probe.arguments);
  if (!result.ran) return "";
  return new RegExp(probe.says).exec(`${result.stdout}\n${result.stderr}`)?.[1] ?? "";
}
