import type { Origin } from "@orrery/problems";
import type { Rule } from "../model/rule-group.ts";
import { readParameters } from "../parameters/read-parameters.ts";
import type { Mapping } from "./rule-record.ts";
import { get, isMapping, readText, readTexts } from "./rule-record.ts";

const COMMON = ["expr", "labels", "parameters"];
const ALERT = ["alert", "for", "keep_firing_for", "annotations", "owner", "evidence", "next", "summary"];
const TEXTS = ["for", "keep_firing_for", "owner", "evidence", "next", "summary"] as const;

/** A rule, or why it can't be taken. */
export type ReadRule =
  | { readonly ok: true; readonly rule: Rule }
  | { readonly ok: false; readonly origin: Origin; readonly reasons: readonly string[] };

/**
 * Reads one rule: Prometheus's keys and ours, no others.
 *
 * @param groupLabels - The labels of its group, which its own override.
 * @see Prometheus 3.x, `model/rulefmt`, `Rule`; keys that it does not know make it refuse a whole file.
 */
export function readRule(
  value: unknown,
  groupLabels: Readonly<Record<string, string>>,
  origin: Origin,
): ReadRule {
  if (!isMapping(value)) return { ok: false, origin, reasons: ["rule is not a mapping"] };
  const alert = readText(get(value, "alert"));
  const record = readText(get(value, "record"));
  const name = alert ?? record;
  const named = name === undefined ? origin : { ...origin, item: name };
  const kinds = [alert, record].filter((one) => one !== undefined && one !== "");
  if (kinds.length !== 1)
    return { ok: false, origin: named, reasons: ["rule must have one of alert and record"] };
  const reasons = unknownKeys(value, alert === undefined ? "record" : "alert");
  const expr = readText(get(value, "expr"));
  if (expr === undefined || expr.trim() === "") reasons.push("rule has no expr");
  const labels = readTexts(get(value, "labels"));
  if (typeof labels === "string") reasons.push(`labels ${labels}`);
  const annotations = readTexts(get(value, "annotations"));
  if (typeof annotations === "string") reasons.push(`annotations ${annotations}`);
  const { parameters, reasons: wrong } = readParameters(get(value, "parameters"));
  reasons.push(...wrong, ...wrongTexts(value));
  if (
    reasons.length > 0 ||
    expr === undefined ||
    typeof labels === "string" ||
    typeof annotations === "string"
  ) {
    return { ok: false, origin: named, reasons };
  }
  const common = { expr, labels: { ...groupLabels, ...labels }, parameters, origin: named };
  if (alert === undefined) return { ok: true, rule: { kind: "record", record: record ?? "", ...common } };
  const keepFiringFor = readText(get(value, "keep_firing_for"));
  const texts = TEXTS.filter((key) => key !== "keep_firing_for").map(
    (key) => [key, readText(get(value, key))?.trim()] as const,
  );
  return {
    ok: true,
    rule: {
      kind: "alert",
      alert,
      ...common,
      annotations,
      ...Object.fromEntries(texts.filter(([, text]) => text !== undefined && text !== "")),
      ...(keepFiringFor !== undefined && { keepFiringFor }),
    },
  };
}

function unknownKeys(value: Mapping, kind: "alert" | "record"): string[] {
  const known = kind === "alert" ? [...COMMON, ...ALERT] : [...COMMON, "record"];
  return Object.keys(value)
    .filter((key) => !known.includes(key) && !(get(value, key) === null && ALERT.includes(key)))
    .map((key) =>
      ALERT.includes(key)
        ? `recording rule has ${key}, which only alerts have`
        : `rule has the key ${JSON.stringify(key)}, which Prometheus does not know`,
    );
}

function wrongTexts(value: Mapping): string[] {
  return TEXTS.filter((key) => {
    const one = get(value, key);
    return one !== undefined && one !== null && readText(one) === undefined;
  }).map((key) => `${key} is no text`);
}
