import { posix } from "node:path";
import type { Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import { listAt } from "../../read/json-field.ts";
import { isAtLeast } from "../../prometheus/capabilities.ts";
import type { ObjectKind } from "../object-kind.ts";
import { objectKey } from "../object-kind.ts";
import type { ServerAnswers } from "./ask-server.ts";
import type { Inclusion } from "./our-folder.ts";

/** The oldest server that reads scrape files. @see Prometheus 2.43, changelog. */
const SCRAPE_FILES_SINCE = "2.43";

/** How targets get to a server, given what its configuration takes in. */
export function carriesOf(version: string, inclusions: readonly Inclusion[]): "jobs" | "targets" {
  if (!isAtLeast(version, SCRAPE_FILES_SINCE)) return "targets";
  const takes = (list: Inclusion["list"], kind: ObjectKind): boolean =>
    inclusions.some((one) => one.list === list && one.takes.includes(kind));
  return !takes("scrape_config_files", "scrape") && takes("file_sd_configs", "targets") ? "targets" : "jobs";
}

/** What has to be so in the server's configuration before files in our folder have an effect; each with the exact lines. */
export function setupProblems(
  answers: ServerAnswers,
  inclusions: readonly Inclusion[],
  on: { readonly folder: string; readonly evaluates: boolean; readonly configFile: string },
): readonly Problem[] {
  const carries = carriesOf(answers.version, inclusions);
  const missing = [
    ...(carries === "jobs"
      ? [wanted("scrape_config_files", "scrape")]
      : [wanted("file_sd_configs", "targets")]),
    ...(on.evaluates ? [wanted("rule_files", "rules")] : []),
  ].filter(({ list, kind }) => !inclusions.some((one) => one.list === list && one.takes.includes(kind)));
  const tooMuch = inclusions.flatMap((one) => superfluous(one, carries, on.folder));
  if (missing.length === 0) return tooMuch;
  const lines = missing.flatMap(({ list, kind }) =>
    linesFor({ list, kind, pattern: posix.join(on.folder, objectKey(kind, "*")) }, answers),
  );
  const message = `${on.configFile} does not read files of ${on.folder} (${missing.map(({ list }) => list).join(", ")})`;
  const remedy = `add to ${on.configFile}:\n${lines.map((line) => `    ${line}`).join("\n")}\n  then have the server read its configuration again`;
  return [problem("EXTERNAL_NOT_INCLUDED", { message, remedy }), ...tooMuch];
}

interface Wanted {
  readonly list: Inclusion["list"];
  readonly kind: ObjectKind;
}

function wanted(list: Inclusion["list"], kind: ObjectKind): Wanted {
  return { list, kind };
}

/** A second list of the same name would be no valid YAML: a line is added to the one that stands. */
function linesFor(
  { list, pattern }: Wanted & { readonly pattern: string },
  { config }: ServerAnswers,
): readonly string[] {
  if (list === "file_sd_configs") {
    const job = [
      "- job_name: orrery",
      "  file_sd_configs:",
      `    - files: ["${pattern}"]`,
      "      refresh_interval: 30s",
    ];
    const stands = listAt(config, "scrape_configs").length > 0;
    return stands
      ? ["# below the scrape_configs: that stands there", ...job.map((line) => `  ${line}`)]
      : ["scrape_configs:", ...job.map((line) => `  ${line}`)];
  }
  return listAt(config, list).length > 0
    ? [`# below the ${list}: that stands there`, `  - "${pattern}"`]
    : [`${list}: ["${pattern}"]`];
}

/** What a list may take in of ours, by the way that targets go. */
const OWN: Readonly<Record<Inclusion["list"], Readonly<Record<"jobs" | "targets", readonly ObjectKind[]>>>> =
  {
    rule_files: { jobs: ["rules"], targets: ["rules"] },
    scrape_config_files: { jobs: ["scrape"], targets: ["scrape"] },
    file_sd_configs: { jobs: ["targets"], targets: ["targets"] },
  };

function superfluous(
  { list, job, pattern, takes }: Inclusion,
  carries: "jobs" | "targets",
  folder: string,
): readonly Problem[] {
  const own = OWN[list][carries];
  if (takes.every((kind) => own.includes(kind))) return [];
  const where = job === undefined ? list : `${list} of the job ${job}`;
  const [kind = "rules"] = own;
  const message = `pattern ${pattern} of ${where} takes in more than ${kind} files of ${folder}`;
  const remedy = `write it as "${posix.join(folder, objectKey(kind, "*"))}"`;
  return [problem("EXTERNAL_INCLUDES_TOO_MUCH", { message, remedy })];
}
