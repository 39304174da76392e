import type { RunCommand } from "./run-command.ts";

/** Runs commands and takes out of what they print what nobody should read, before anything cuts it. */
export function maskedRun(run: RunCommand, mask: (text: string) => string): RunCommand {
  return async (command, options) => {
    const result = await run(command, options);
    if (!result.ran) return { ...result, why: mask(result.why) };
    return { ...result, stdout: mask(result.stdout), stderr: mask(result.stderr) };
  };
}
