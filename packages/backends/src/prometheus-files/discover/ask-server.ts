import type { HttpGet } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import { parse } from "yaml";
import { getJson } from "../../read/get.ts";
import { asObject, listAt, objectAt, textAt, textsAt } from "../../read/json-field.ts";

/** What a server answers about itself. */
export interface ServerAnswers {
  readonly version: string;
  readonly flags: Readonly<Record<string, string>>;
  /** Its main configuration, scalars as texts. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Folder that relative paths are relative to. */
  readonly workingFolder: string;
  /** Of the machine or container that it runs on; `""` where it does not tell. */
  readonly hostname: string;
  /** Whether it took its configuration the last time. */
  readonly takesConfig: boolean;
  readonly targets: readonly unknown[];
  readonly ruleGroups: readonly unknown[];
}

/**
 * Asks a Prometheus what it is and has, with six GETs.
 *
 * @throws OrreryError `EXTERNAL_UNREACHABLE`, `EXTERNAL_UNSUITABLE` for another product that answers like one.
 * @see Prometheus HTTP API, Status, Targets and Rules.
 */
export async function askServer(url: string, get: HttpGet): Promise<ServerAnswers> {
  const ask = async (path: string): Promise<unknown> => {
    const answer = await getJson(`${url}/api/v1/${path}`, get);
    if (answer.ok) return asObject(answer.value)["data"];
    throw failure(url, answer.reason);
  };
  // Asked alone, so that what does not answer at all is asked once.
  const build = await ask("status/buildinfo");
  const [flags, config, runtime, targets, rules] = await Promise.all([
    ask("status/flags"),
    ask("status/config"),
    ask("status/runtimeinfo"),
    ask("targets?state=active"),
    ask("rules"),
  ]);
  const known = textsAt({ flags }, "flags");
  if (known["config.file"] === undefined) throw unsuitable(url, build);
  return {
    version: textAt(build, "version"),
    flags: known,
    config: readConfig(url, textAt(config, "yaml")),
    workingFolder: textAt(runtime, "CWD"),
    hostname: textAt(runtime, "hostname"),
    takesConfig: asObject(runtime)["reloadConfigSuccess"] !== false,
    targets: listAt(targets, "activeTargets"),
    ruleGroups: listAt(rules, "groups"),
  };
}

function readConfig(url: string, text: string): Readonly<Record<string, unknown>> {
  try {
    return asObject(parse(text, { schema: "failsafe", maxAliasCount: 0 }));
  } catch (cause) {
    const told = cause instanceof Error ? cause.message : String(cause);
    throw new OrreryError(
      "EXTERNAL_UNSUITABLE",
      `server at ${url} shows a configuration that does not read: ${told}`,
      {
        cause,
      },
    );
  }
}

/** Products that speak the same language lack what only a server with a configuration file has. */
function failure(url: string, reason: string): OrreryError {
  if (reason.endsWith("answered 404") || reason.endsWith("did not answer JSON"))
    return unsuitable(url, {}, `: ${reason}`);
  if (/answered 40[13]$/.test(reason)) {
    return new OrreryError("EXTERNAL_UNREACHABLE", reason, {
      remedy: "name a secret with its credentials: `orrery connect URL --config token=SECRET`",
    });
  }
  return new OrreryError("EXTERNAL_UNREACHABLE", reason);
}

function unsuitable(url: string, build: unknown, told: string = ""): OrreryError {
  const application = textAt(build, "application") || textAt(build, "version");
  const what = application === "" ? "" : `, it says it is ${application}`;
  return new OrreryError(
    "EXTERNAL_UNSUITABLE",
    `server at ${url} does not answer as a Prometheus with a configuration file does${what}${told}`,
  );
}

/** Texts of a list in the configuration. */
export function textsOf(value: unknown, name: string): readonly string[] {
  return listAt(value, name).filter((one): one is string => typeof one === "string");
}

/** A part of the configuration. */
export function partOf(
  config: Readonly<Record<string, unknown>>,
  name: string,
): Readonly<Record<string, unknown>> {
  return objectAt(config, name);
}

/** Asks for the flags alone. @throws OrreryError as {@link askServer} does. */
export async function askFlags(url: string, get: HttpGet): Promise<Readonly<Record<string, string>>> {
  const answer = await getJson(`${url}/api/v1/status/flags`, get);
  if (!answer.ok) throw failure(url, answer.reason);
  return textsAt(answer.value, "data");
}
