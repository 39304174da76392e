import type { Matcher, MatcherSet } from "@orrery/topology";
import type { TheirTarget } from "../capabilities.ts";

/** Finds the simplest matchers that all of some targets bear and no others do: on the job, else on job and instance; nothing where there are none. */
export function selectorFor(
  some: readonly TheirTarget[],
  all: readonly TheirTarget[],
): MatcherSet | undefined {
  const wanted = new Set(some);
  const job = matcherFor("job", some);
  const instance = matcherFor("instance", some);
  const candidates = [...(job ? [[job]] : []), ...(job && instance ? [[instance, job]] : [])];
  return candidates.find((matchers) => {
    const met = all.filter((target) => matchers.every((one) => meets(one, target)));
    return met.length === wanted.size && met.every((target) => wanted.has(target));
  });
}

function matcherFor(name: string, targets: readonly TheirTarget[]): Matcher | undefined {
  const values = [...new Set(targets.map(({ labels }) => labels[name] ?? ""))].toSorted();
  const [first = ""] = values;
  if (values.length === 0 || values.includes("")) return undefined;
  if (values.length === 1) return { name, op: "=", value: first };
  return {
    name,
    op: "=~",
    value: values.map((value) => value.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)).join("|"),
  };
}

function meets({ name, op, value }: Matcher, { labels }: TheirTarget): boolean {
  const found = labels[name] ?? "";
  if (op === "=") return found === value;
  return value.split("|").some((one) => one.replaceAll(/\\(.)/g, "$1") === found);
}
