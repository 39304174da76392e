import type { RunitBinaries } from "./runit-binaries.ts";
import type { ServicePlan } from "./service-plan.ts";
import { shellQuote } from "./shell-quote.ts";

/** Marks every process of a service, so that what it leaves behind is found; its value starts with the data folder. */
export const SERVICE_VARIABLE = "ORRERY_SERVICE";

/** Logs of one service: at most six files of this many bytes. */
const LOG_FILE_BYTES = 1_000_000;
const LOG_FILES = 5;
/** Longer lines are cut by svlogd, in bytes. */
const LOG_LINE_BYTES = 16_000;

/**
 * Writes a service as runit wants it: contents of its folder's files by path; all are scripts but `down`.
 *
 * @see runit, runsv(8): `run`, `finish`, `down` and `log/run`.
 */
export function serviceScripts(
  plan: ServicePlan,
  { binaries, mark }: { readonly binaries: RunitBinaries; readonly mark: string },
): Record<string, string> {
  const exports = Object.entries({ ...plan.environment, [SERVICE_VARIABLE]: `${mark}/${plan.name}` })
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `export ${name}=${shellQuote(value)}`);
  return {
    run: lines(
      "#!/bin/sh",
      "exec 2>&1",
      // The process keeps this number through both execs, and leads a process group of the same number.
      "echo $$ > group",
      ...exports,
      `cd ${shellQuote(plan.workingFolder)} || exit 111`,
      `exec ${shellQuote(binaries.chpst)} -P ${plan.command.map(shellQuote).join(" ")}`,
    ),
    finish: lines(
      "#!/bin/sh",
      // What the process started in its group ends with it: the next one finds its ports free.
      'read -r group < group && kill -s KILL -- "-$group" 2>/dev/null',
      "if [ -e asked ]; then rm -f asked; exit 0; fi",
      "count=0",
      "[ -e ended ] && read -r count rest < ended",
      'echo "$((count + 1)) $1 $2" > ended.new && mv -f ended.new ended',
      `if [ "$1" = 0 ]; then ${stay(plan.staysDown.onSuccess)}; else ${stay(plan.staysDown.onFailure)}; fi`,
    ),
    "log/run": lines(
      "#!/bin/sh",
      `exec ${shellQuote(binaries.svlogd)} -ttt -l ${LOG_LINE_BYTES} -b ${LOG_LINE_BYTES * 2} ${shellQuote(plan.logFolder)}`,
    ),
    ...(plan.enabled ? {} : { down: "" }),
  };
}

/** The configuration of a service's log folder. @see runit, svlogd(8). */
export function logConfig(): string {
  return lines(`s${LOG_FILE_BYTES}`, `n${LOG_FILES}`);
}

function stay(down: boolean): string {
  return down ? "printf d > supervise/control" : ":";
}

function lines(...texts: readonly string[]): string {
  return `${texts.join("\n")}\n`;
}
