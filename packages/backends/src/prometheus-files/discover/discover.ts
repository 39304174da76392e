import { posix } from "node:path";
import type { Discovered, Fact, Site } from "@orrery/charm";
import type { Problem } from "@orrery/problems";
import { counted, OrreryError, problem } from "@orrery/problems";
import { textAt } from "../../read/json-field.ts";
import { isAtLeast } from "../../prometheus/capabilities.ts";
import type { PrometheusFilesCapabilities } from "../capabilities.ts";
import type { ServerAnswers } from "./ask-server.ts";
import { askServer, partOf } from "./ask-server.ts";
import type { Inclusion } from "./our-folder.ts";
import { findInclusions, serverFolder } from "./our-folder.ts";
import { describeReload, reloadOf } from "./reload.ts";
import { carriesOf, setupProblems } from "./setup-problems.ts";
import { theirRules, theirTargets } from "./their-content.ts";
import { whereItRuns } from "./where-it-runs.ts";

const OLDEST = "2.42";

/**
 * Finds out what a Prometheus of somebody else's is, what it scrapes and evaluates, and whether it reads our folder.
 *
 * @throws OrreryError `EXTERNAL_UNREACHABLE`, `EXTERNAL_UNSUITABLE`.
 */
export async function discover(site: Site): Promise<Discovered<PrometheusFilesCapabilities>> {
  const { url = "", directory = "" } = site.connection;
  const answers = await askServer(url, site.get);
  const { config, flags, version } = answers;
  if (!isAtLeast(version, OLDEST)) {
    throw new OrreryError(
      "EXTERNAL_UNSUITABLE",
      `server at ${url} is Prometheus ${version}; the oldest that is known is ${OLDEST}`,
    );
  }
  const folder = directory === "" ? "" : serverFolder(site.connection);
  const inclusions = folder === "" ? [] : findInclusions(answers, folder);
  const evaluates =
    flags["agent"] !== "true" && !(flags["enable-feature"] ?? "").split(",").includes("agent");
  const configFile = fullPath(answers, flags["config.file"] ?? "");
  const job = inclusions.find(({ list, takes }) => list === "file_sd_configs" && takes.includes("targets"));
  const global = partOf(config, "global");
  const capabilities: PrometheusFilesCapabilities = {
    form: 1,
    version,
    scrapeInterval: textAt(global, "scrape_interval") || "1m",
    scrapeTimeout: textAt(global, "scrape_timeout") || "10s",
    carries: carriesOf(version, inclusions),
    targetJob: job?.job ?? "",
    targetTimeout: job?.timeout ?? "10s",
    evaluates,
    place: whereItRuns(url, answers.hostname, site.machine),
    folder: posix.basename(folder),
    targets: theirTargets(answers, site.mark),
    rules: theirRules(answers, folder),
  };
  return {
    capabilities,
    facts: factsOf(answers, capabilities, { folder, configFile, inclusions }),
    problems: [
      ...(await folderProblems(site, configFile)),
      ...(folder === "" ? [] : setupProblems(answers, inclusions, { folder, evaluates, configFile })),
      ...stateProblems(answers, capabilities),
    ],
  };
}

function fullPath({ workingFolder }: ServerAnswers, path: string): string {
  return posix.isAbsolute(path) ? path : posix.join(workingFolder, path);
}

async function folderProblems(site: Site, configFile: string): Promise<readonly Problem[]> {
  const { directory = "" } = site.connection;
  if (directory === "") {
    const message = "connection names no folder for our files";
    const remedy = `name one that the server can read: \`orrery connect URL --config directory=${posix.join(posix.dirname(configFile), "orrery.d")}\``;
    return [problem("EXTERNAL_NO_DIRECTORY", { message, remedy })];
  }
  const fault = await site.look(directory).fault("write");
  if (fault === undefined) return [];
  const remedy = `make it, and give it to whoever runs this command: \`mkdir -p ${directory}\``;
  return [problem("EXTERNAL_FOLDER_UNUSABLE", { message: `folder ${directory} ${fault}`, remedy })];
}

function stateProblems(answers: ServerAnswers, to: PrometheusFilesCapabilities): readonly Problem[] {
  const problems: Problem[] = [];
  if (!answers.takesConfig) {
    const message =
      "server refused its own configuration the last time that it read it, and runs with an older one";
    problems.push(problem("EXTERNAL_CONFIG_REFUSED", { message }));
  }
  if (!to.evaluates) {
    const message = "server is an agent, which evaluates no rules";
    const remedy = "connect the server that it sends its samples to, too";
    problems.push(problem("EXTERNAL_LIMITED", { message, severity: "warning", remedy }));
  }
  if (to.carries === "targets") {
    const message = `server takes targets by a job of its user's: limits, credentials, TLS and relabelling of jobs cannot be carried`;
    const remedy = isAtLeast(to.version, "2.43")
      ? "let it read scrape files: `scrape_config_files`"
      : "use Prometheus 2.43 or newer, which reads scrape files";
    problems.push(problem("EXTERNAL_LIMITED", { message, severity: "warning", remedy }));
  }
  return problems;
}

const PLACES = {
  here: "on this machine",
  elsewhere: "on another machine",
  unsure: "on this machine, or behind a tunnel or in a container here",
};

function factsOf(
  answers: ServerAnswers,
  to: PrometheusFilesCapabilities,
  has: { readonly folder: string; readonly configFile: string; readonly inclusions: readonly Inclusion[] },
): readonly Fact[] {
  const jobs = new Set(to.targets.map(({ pool }) => pool)).size;
  const alerts = to.rules.filter((rule) => rule.alerts).length;
  const reads = has.inclusions.map(
    ({ list, job, pattern }) => `${job === undefined ? list : `job ${job}`}: ${pattern}`,
  );
  return [
    ["product", `Prometheus ${to.version}${to.evaluates ? "" : ", agent"}`],
    ["runs", PLACES[to.place]],
    ["configuration", has.configFile],
    ["reads it again", describeReload(reloadOf(answers.flags))],
    ["our folder", has.folder === "" ? "none is named yet" : has.folder],
    ["reads of it", reads.length === 0 ? "nothing yet" : reads.join("; ")],
    ["scrapes", `${counted(to.targets.length, "target")} in ${counted(jobs, "job")}`],
    ["evaluates", `${counted(to.rules.length, "rule")}, ${alerts} of them for alerts`],
  ];
}
