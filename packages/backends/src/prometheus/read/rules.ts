import type { Expectation, HttpGet, Reading } from "@orrery/charm";
import { problem } from "@orrery/problems";
import { getJson } from "../../read/get.ts";
import { listAt, objectAt, textAt } from "../../read/json-field.ts";
import { age, unknown } from "../../read/unknown-reading.ts";

/** Says of each expected rule whether Prometheus evaluates it, with one GET for all. @see Prometheus HTTP API, Rules. */
export async function readRules(
  url: string,
  asked: { readonly expectations: readonly Expectation[]; readonly now: number | undefined },
  http: HttpGet,
): Promise<readonly Reading[]> {
  const answer = await getJson(`${url}/api/v1/rules`, http);
  if (!answer.ok) return asked.expectations.map(() => unknown(answer.reason));
  const groups = new Map<string, unknown>();
  for (const group of listAt(objectAt(answer.value, "data"), "groups")) {
    const file = textAt(group, "file").split("/").slice(-2).join("/");
    groups.set(`${file} ${textAt(group, "name")}`, group);
  }
  return asked.expectations.map(({ match = {} }) => {
    const group = groups.get(`${match["file"]} ${match["group"]}`);
    const rule = listAt(group, "rules")[Number(match["index"])];
    if (rule === undefined || textAt(rule, "name") !== match["rule"]) {
      return { state: "pending", evidence: "not yet among the server's rules" };
    }
    return readRule(rule, asked.now);
  });
}

function readRule(rule: unknown, now: number | undefined): Reading {
  const health = textAt(rule, "health");
  const last = Date.parse(textAt(rule, "lastEvaluation")) / 1000;
  const evaluated = last > 0 && now !== undefined ? Math.max(0, now - last) : undefined;
  const when = evaluated === undefined ? "" : `, evaluated ${age(evaluated)} ago`;
  const aged = evaluated === undefined ? {} : { ageSeconds: evaluated };
  if (health === "err") {
    const message = `rule ${textAt(rule, "name")} fails: ${textAt(rule, "lastError")}`;
    return { state: "failed", evidence: message, ...aged, problem: problem("RULE_FAILING", { message }) };
  }
  if (health !== "ok") return { state: "pending", evidence: "loaded, not evaluated yet" };
  const state = textAt(rule, "state");
  return { state: "live", evidence: `ok${state === "" ? "" : `, ${state}`}${when}`, ...aged };
}
