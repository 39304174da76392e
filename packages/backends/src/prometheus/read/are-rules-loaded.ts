import { durationSeconds } from "@orrery/query";
import { asObject, listAt, textAt, textsAt } from "../../read/json-field.ts";

/** Compares the groups of a rule file of ours with those that a server shows for it. */
export function areRulesLoaded(wanted: readonly unknown[], loaded: readonly unknown[]): boolean {
  const byName = new Map(loaded.map((group) => [textAt(group, "name"), group]));
  return (
    wanted.length === loaded.length &&
    wanted.every((group) => {
      const shown = byName.get(textAt(group, "name"));
      const interval = durationSeconds(textAt(group, "interval"));
      const [rules, shownRules] = [listAt(group, "rules"), listAt(shown, "rules")];
      return (
        shown !== undefined &&
        (interval === undefined || interval === asObject(shown)["interval"]) &&
        rules.length === shownRules.length &&
        rules.every((rule, index) => isRuleLoaded(rule, shownRules[index]))
      );
    })
  );
}

function isRuleLoaded(wanted: unknown, loaded: unknown): boolean {
  const name = textAt(wanted, "alert") || textAt(wanted, "record");
  const isAlert = textAt(wanted, "alert") !== "";
  return (
    name === textAt(loaded, "name") &&
    isSameTexts(textsAt(wanted, "labels"), textsAt(loaded, "labels")) &&
    (!isAlert ||
      (isSameTexts(textsAt(wanted, "annotations"), textsAt(loaded, "annotations")) &&
        isSameDuration(textAt(wanted, "for"), asObject(loaded)["duration"]) &&
        isSameDuration(textAt(wanted, "keep_firing_for"), asObject(loaded)["keepFiringFor"]))) &&
    words(textAt(wanted, "expr")) === words(textAt(loaded, "query"))
  );
}

function isSameTexts(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

function isSameDuration(wanted: string, loaded: unknown): boolean {
  return (durationSeconds(wanted) ?? 0) === (loaded ?? 0);
}

const WORD = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|[\w.:]+/g;

/** The words of an expression in order of the alphabet: a server prints others' spacing, grouping and order, but the same words. */
function words(expression: string): string {
  return (expression.match(WORD) ?? []).map(canonical).toSorted().join(" ");
}

function canonical(word: string): string {
  if (/^["'`]/.test(word)) return word.slice(1, -1);
  const number = Number(word);
  if (!Number.isNaN(number)) return String(number);
  const seconds = durationSeconds(word);
  return seconds === undefined ? word : String(seconds);
}
