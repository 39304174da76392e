import type { HttpGet, ObjectChange, Settled } from "@orrery/charm";
import type { Problem } from "@orrery/problems";
import { OrreryError, problem } from "@orrery/problems";
import { parse } from "yaml";
import { isMark } from "../../prometheus/compile/rule-file.ts";
import { getJson } from "../../read/get.ts";
import { asObject, listAt, objectAt, textAt } from "../../read/json-field.ts";
import { LOADED_LABEL } from "../marked.ts";
import type { ObjectKind } from "../object-kind.ts";
import { kindOf } from "../object-kind.ts";

/** What a server shows of what it has loaded, by kind of file: names of pools, marks of targets, marks of rule files. */
type Shown = Readonly<Record<"scrape" | "sd" | "rules", ReadonlySet<string>>>;

/**
 * Says for each changed file whether the server shows its content, and none of what it held before.
 *
 * @throws OrreryError `EXTERNAL_UNREACHABLE`.
 */
export async function settled(
  url: string,
  changes: readonly ObjectChange[],
  get: HttpGet,
): Promise<Readonly<Record<string, Settled>>> {
  const ask = async (path: string): Promise<unknown> => {
    const answer = await getJson(`${url}/api/v1/${path}`, get);
    if (answer.ok) return asObject(answer.value)["data"];
    throw new OrreryError("EXTERNAL_UNREACHABLE", answer.reason);
  };
  const kinds = new Set(changes.map(({ key }) => kindOf(key)));
  const [pools, targets, rules, runtime] = await Promise.all([
    kinds.has("scrape") ? ask("scrape_pools") : undefined,
    kinds.has("sd") || kinds.has("targets") ? ask("targets?state=any") : undefined,
    kinds.has("rules") ? ask("rules") : undefined,
    ask("status/runtimeinfo"),
  ]);
  const shown: Shown = {
    scrape: new Set(listAt(pools, "scrapePools").map(String)),
    sd: new Set(
      [...listAt(targets, "activeTargets"), ...listAt(targets, "droppedTargets")].map((one) =>
        textAt(objectAt(one, "discoveredLabels"), LOADED_LABEL),
      ),
    ),
    rules: new Set(listAt(rules, "groups").map((group) => textAt(group, "name"))),
  };
  const refused = asObject(runtime)["reloadConfigSuccess"] === false;
  return Object.fromEntries(
    changes.map((change): [string, Settled] => {
      if (isShown(change, shown)) return [change.key, "live"];
      return [change.key, refused ? { rejected: refusal(url, change.key) } : "pending"];
    }),
  );
}

function refusal(url: string, key: string): Problem {
  const message = `server at ${url} read its configuration and refused it; ${key} is not loaded`;
  return problem("EXTERNAL_REFUSED", { message, origin: { file: key } });
}

function isShown({ key, before, after }: ObjectChange, shown: Shown): boolean {
  const kind = kindOf(key);
  if (kind === undefined || kind === "ca") return true;
  const seen = shown[kind === "targets" ? "sd" : kind];
  const [old, wanted] = [namesIn(kind, before), namesIn(kind, after)];
  return (
    wanted.every((name) => seen.has(name)) && old.every((name) => wanted.includes(name) || !seen.has(name))
  );
}

/** Names by which the server shows that it has loaded a file's content. */
function namesIn(kind: ObjectKind, content: unknown): readonly string[] {
  if (typeof content !== "string") return [];
  const value = read(content);
  if (kind === "scrape") return listAt(value, "scrape_configs").map((job) => textAt(job, "job_name"));
  if (kind === "rules")
    return listAt(value, "groups")
      .map((group) => textAt(group, "name"))
      .filter(isMark);
  const groups = Array.isArray(value) ? value : [];
  return [...new Set(groups.map((group: unknown) => textAt(objectAt(group, "labels"), LOADED_LABEL)))];
}

/** What somebody else has edited may not read any more: then there is nothing to look for. */
function read(content: string): unknown {
  try {
    return parse(content, { version: "1.1", maxAliasCount: 0 });
  } catch {
    return undefined;
  }
}
