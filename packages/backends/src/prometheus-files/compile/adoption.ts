import type { Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import type { ScrapeJob, ScrapeTarget, Telemetry } from "@orrery/telemetry";
import type { MatcherSet } from "@orrery/topology";
import { mappedMatchers } from "@orrery/topology";
import type { TheirTarget } from "../capabilities.ts";
import { selectorFor } from "./selector-for.ts";

/** A product's targets that a server scrapes already, and the rest of it. */
export interface Adoption {
  /** Without the targets that are adopted. */
  readonly rest: Telemetry;
  readonly adopted: readonly AdoptedTarget[];
  /** What the adopted targets' series bear and no others do; absent when nothing is adopted, or when no such labels are. */
  readonly matchers?: MatcherSet;
  /** The same for one unit's targets. */
  readonly units: Readonly<Record<string, MatcherSet>>;
  readonly problems: readonly Problem[];
}

/** One target of theirs that is one of a product's. */
export interface AdoptedTarget {
  readonly target: TheirTarget;
  readonly unit?: string;
}

/**
 * Finds which of a product's targets a server scrapes already: by their URLs, or, where its user said so, by labels.
 *
 * @param chosen - Labels that the product's targets bear in the server; then nothing of it is scraped by us.
 */
export function adopt(
  one: Telemetry,
  theirs: readonly TheirTarget[],
  chosen: Readonly<Record<string, string>> | undefined,
): Adoption {
  return chosen === undefined ? byUrl(one, theirs) : byLabels(one, theirs, chosen);
}

function byLabels(
  one: Telemetry,
  theirs: readonly TheirTarget[],
  chosen: Readonly<Record<string, string>>,
): Adoption {
  const { application } = one.identity;
  const rest = { ...one, scrapes: [] };
  const found = theirs.filter(({ labels }) =>
    Object.entries(chosen).every(([name, value]) => labels[name] === value),
  );
  const units = unitsByUrl(one, found);
  const adopted = found.map((target): AdoptedTarget => {
    const unit = units.get(target);
    return unit === undefined ? { target } : { target, unit };
  });
  const matchers = mappedMatchers(chosen);
  const told = matchers.map(({ name, value }) => `${name}="${value}"`).join(",");
  if (found.length === 0) {
    const message = `no target of the server bears {${told}}, which is to be adopted for ${application}`;
    return {
      rest,
      adopted,
      units: {},
      problems: [problem("EXTERNAL_ADOPTS_NOTHING", { message, origin: { application } })],
    };
  }
  return {
    rest,
    adopted,
    matchers,
    units: unitMatchers(adopted, theirs),
    problems: [adoptedProblem(one, adopted, told)],
  };
}

function byUrl(one: Telemetry, theirs: readonly TheirTarget[]): Adoption {
  const known = new Map(theirs.map((target) => [canonicalUrl(target.url), target]));
  const adopted: AdoptedTarget[] = [];
  const scrapes = one.scrapes.map((job) => ({
    ...job,
    targets: job.targets.filter((target) => {
      const found = known.get(canonicalUrl(urlOf(job, target)));
      if (found)
        adopted.push(target.unit === undefined ? { target: found } : { target: found, unit: target.unit });
      return found === undefined;
    }),
  }));
  if (adopted.length === 0) return { rest: one, adopted, units: {}, problems: [] };
  const rest = { ...one, scrapes: scrapes.filter(({ targets }) => targets.length > 0) };
  const matchers = selectorFor(
    adopted.map(({ target }) => target),
    theirs,
  );
  if (!matchers) {
    const urls = adopted.map(({ target }) => target.url).join(", ");
    const message = `server scrapes ${urls} of ${one.identity.application} already, and other targets bear the same job and instance`;
    const origin = { application: one.identity.application };
    return {
      rest,
      adopted,
      units: {},
      problems: [problem("EXTERNAL_ADOPTION_UNCLEAR", { message, origin })],
    };
  }
  const told = matchers.map(({ name, op, value }) => `${name}${op}"${value}"`).join(",");
  return {
    rest,
    adopted,
    matchers,
    units: unitMatchers(adopted, theirs),
    problems: [adoptedProblem(one, adopted, told)],
  };
}

function adoptedProblem(one: Telemetry, adopted: readonly AdoptedTarget[], told: string): Problem {
  const { application } = one.identity;
  const found = adopted.map(
    ({ target, unit }) => `${target.url}${unit === undefined ? "" : ` as ${unit}`} (job ${target.pool})`,
  );
  const message = `server scrapes ${application} already: ${found.join(", ")}; rules ask for {${told}}`;
  return problem("EXTERNAL_ADOPTED", { message, severity: "info", origin: { application } });
}

function unitMatchers(
  adopted: readonly AdoptedTarget[],
  theirs: readonly TheirTarget[],
): Readonly<Record<string, MatcherSet>> {
  const byUnit = Map.groupBy(
    adopted.filter(({ unit }) => unit !== undefined),
    ({ unit }) => unit ?? "",
  );
  return Object.fromEntries(
    [...byUnit].flatMap(([unit, own]) => {
      const found = selectorFor(
        own.map(({ target }) => target),
        theirs,
      );
      return found ? [[unit, found]] : [];
    }),
  );
}

function unitsByUrl(one: Telemetry, found: readonly TheirTarget[]): ReadonlyMap<TheirTarget, string> {
  const units = new Map(
    one.scrapes.flatMap((job) =>
      job.targets.flatMap((target) =>
        target.unit === undefined ? [] : [[canonicalUrl(urlOf(job, target)), target.unit] as const],
      ),
    ),
  );
  return new Map(
    found.flatMap((target) => {
      const unit = units.get(canonicalUrl(target.url));
      return unit === undefined ? [] : [[target, unit] as const];
    }),
  );
}

function urlOf(job: ScrapeJob, target: ScrapeTarget): string {
  return `${job.scheme}://${target.address}${target.pathPrefix ?? ""}${job.path}`;
}

/** One spelling for each address: parameters left out, the loopback's name as its number. */
function canonicalUrl(text: string): string {
  if (!URL.canParse(text)) return text;
  const { protocol, hostname, port, pathname } = new URL(text);
  const host = hostname === "localhost" ? "127.0.0.1" : hostname;
  return `${protocol}//${host}:${port || (protocol === "https:" ? "443" : "80")}${pathname}`;
}
