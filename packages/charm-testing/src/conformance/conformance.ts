import type { Bag, BagWrites, Endpoint, RelationView, Self } from "@orrery/charm";
import { OrreryError, isCode } from "@orrery/problems";
import type { Code } from "@orrery/problems";
import * as fc from "fast-check";
import { frozen } from "../run/run-charm.ts";
import { hostileText } from "./hostile-texts.ts";

/** Both sides of an interface, as a relation library gives them. */
export interface EndpointPair<ProviderIn, ProviderOut, RequirerIn, RequirerOut> {
  readonly provider: Endpoint<ProviderIn, ProviderOut>;
  readonly requirer: Endpoint<RequirerIn, RequirerOut>;
}

/** A value that one side sends. */
export interface ConformanceSample<Sent, Read, Before = never> {
  readonly sent: Sent;
  /** What the reading side had written by then, which this answers; nothing when absent. */
  readonly before?: Before;
  /** What the other side must then be found to read; not compared when absent. */
  readonly read?: Read;
  /** Codes of the errors that the other side reports about it, in any order; none when absent. */
  readonly reports?: readonly Code[];
}

/**
 * Values that are sent, and what the other side must then be found to read.
 *
 * The writer is `writer/0` of application and charm `writer` in model `test`, uuid `00000000-0000-4000-8000-000000000000`, at 127.0.0.2 with
 * ports 8080 and 9090; its other unit is at 127.0.0.3.
 */
export interface ConformanceSamples<ProviderIn, ProviderOut, RequirerIn, RequirerOut> {
  readonly provider: readonly ConformanceSample<ProviderOut, RequirerIn, RequirerOut>[];
  readonly requirer: readonly ConformanceSample<RequirerOut, ProviderIn, ProviderOut>[];
  /** Hostile bags for each side; 300 when absent. */
  readonly runs?: number;
}

type Any = Endpoint<unknown, never>;

/** Who writes: `writer/0` and `writer/1` of model `test`, at these addresses with these ports. */
const GRANTED = ["127.0.0.2:8080", "127.0.0.2:9090", "127.0.0.3:8080", "127.0.0.3:9090"];
const NETWORK = { address: "127.0.0.2", ports: { http: 8080, metrics: 9090 } };
/** Problems that one relation may report, and characters that one problem may have. */
const MOST_PROBLEMS = 1000;
const LONGEST_MESSAGE = 4000;

/**
 * Holds a relation library to what every one promises: what one side sends the other reads; nothing that is written in a bag
 * makes it throw; one question has one answer; findings are bounded; nothing outside is changed; only a leader writes for the
 * application, and only texts.
 *
 * @throws OrreryError `CONFORMANCE_FAILED`, with the smallest bag found that shows it.
 */
export function conformance<ProviderIn, ProviderOut, RequirerIn, RequirerOut>(
  pair: EndpointPair<ProviderIn, ProviderOut, RequirerIn, RequirerOut>,
  samples: ConformanceSamples<ProviderIn, ProviderOut, RequirerIn, RequirerOut>,
): void {
  const { provider, requirer } = pair;
  if (provider.interface !== requirer.interface)
    throw broken(`sides have interfaces ${provider.interface} and ${requirer.interface}`);
  const runs = samples.runs ?? 300;
  const fromProvider = samples.provider.map((sample) => send(provider, requirer, sample));
  const fromRequirer = samples.requirer.map((sample) => send(requirer, provider, sample));
  expectSturdy(requirer, { honest: fromProvider, runs });
  expectSturdy(provider, { honest: fromRequirer, runs });
}

/** What the bags of both sides hold once something was sent. */
interface Exchanged {
  readonly written: BagWrites;
  /** What the reading side had written before. */
  readonly own: BagWrites;
}

/** Sends one sample and has it read; gives what was written. */
function send<Out, In, Before>(
  from: Endpoint<unknown, Out>,
  to: Endpoint<In, Before>,
  sample: ConformanceSample<Out, In, Before>,
): Exchanged {
  const own =
    sample.before === undefined ? {} : to.encode(sample.before, relationFrom({}, "reader"), selfOf(true));
  const relation = relationFrom(own, "writer");
  const written = from.encode(sample.sent, relation, selfOf(true));
  const again = from.encode(sample.sent, relation, selfOf(true));
  if (JSON.stringify(written) !== JSON.stringify(again))
    throw broken(`${from.role} side writes one value in two ways`);
  for (const bag of [written.application ?? {}, written.unit ?? {}]) expectTexts(from, bag);
  if (from.encode(sample.sent, relation, selfOf(false)).application !== undefined) {
    throw broken(`${from.role} side writes the application's bag without leading`);
  }
  const { value, problems } = to.decode(frozen(relationFrom(written, "reader", own)));
  const errors = problems.filter(({ severity }) => severity === "error");
  if (codes(errors.map(({ code }) => code)) !== codes(sample.reports ?? [])) {
    const told = errors.slice(0, 3).map(({ code, message }) => `${code}: ${message}`);
    throw broken(
      `${to.role} side reports ${told.join("; ") || "nothing"} about what the other sends; meant was ${codes(sample.reports ?? []) || "nothing"}`,
    );
  }
  const [read, wanted] = [JSON.stringify(sorted(value)), JSON.stringify(sorted(sample.read))];
  if (sample.read !== undefined && read !== wanted)
    throw broken(`${to.role} side reads ${read} where ${wanted} was meant`);
  return { written, own };
}

function expectSturdy(
  endpoint: Any,
  from: { readonly honest: readonly Exchanged[]; readonly runs: number },
): void {
  const before = prototypes();
  const bags = from.honest.flatMap(({ written }) => [written.application ?? {}, written.unit ?? {}]);
  const keys = [...new Set(bags.flatMap((bag) => Object.keys(bag)))];
  const key = keys.length > 0 ? fc.oneof(fc.constantFrom(...keys), fc.string()) : fc.string();
  const bag = fc.dictionary(key, hostileText(bags.flatMap((one) => Object.values(one))), { maxKeys: 6 });
  const honest = bags.length > 0 ? fc.constantFrom(...bags) : fc.constant({});
  const damaged = fc.tuple(honest, bag).map(([one, other]): Bag => ({ ...one, ...other }));
  const own = fc.constantFrom({}, ...from.honest.map((one) => one.own));
  const checked = fc.check(
    fc.property(damaged, damaged, own, (application, unit, local) => {
      const relation = frozen(relationFrom({ application, unit }, "reader", local));
      const one = endpoint.decode(relation);
      if (JSON.stringify(one) !== JSON.stringify(endpoint.decode(relation)))
        throw new Error("reads one bag in two ways");
      if (one.problems.length > MOST_PROBLEMS)
        throw new Error(`reports ${one.problems.length} problems; allowed are ${MOST_PROBLEMS}`);
      for (const { code, message } of one.problems) {
        if (!isCode(code)) throw new Error(`reports code ${String(code)}, which the registry does not know`);
        if (message.length > LONGEST_MESSAGE)
          throw new Error(`reports a message of ${message.length} characters`);
      }
      if (prototypes() !== before) throw new Error("changes what all objects have");
    }),
    { numRuns: from.runs },
  );
  if (!checked.failed) return;
  const told =
    checked.errorInstance instanceof Error ? checked.errorInstance.message : String(checked.errorInstance);
  const shown = JSON.stringify(checked.counterexample)?.slice(0, 2000) ?? "";
  throw new OrreryError(
    "CONFORMANCE_FAILED",
    `${endpoint.role} side of ${endpoint.interface}: ${told}; seed ${checked.seed}; bags ${shown}`,
    {
      cause: checked.errorInstance,
    },
  );
}

function expectTexts(endpoint: Any, bag: Bag): void {
  for (const [key, value] of Object.entries(bag)) {
    if (typeof value !== "string")
      throw broken(`${endpoint.role} side writes a ${typeof value} under ${key}; bags hold texts`);
  }
}

/** The relation as one side sees what the other has written, and what it has written itself. */
function relationFrom(written: BagWrites, seenBy: "reader" | "writer", own: BagWrites = {}): RelationView {
  const application = seenBy === "reader" ? "writer" : "reader";
  const units = [`${application}/0`, `${application}/1`];
  return {
    id: 1,
    endpoint: "endpoint",
    interface: "interface",
    application,
    units,
    version: 1,
    granted: GRANTED,
    bags: {
      localApplication: own.application ?? {},
      localUnit: own.unit ?? {},
      remoteApplication: written.application ?? {},
      remoteUnits: Object.fromEntries(units.map((unit) => [unit, written.unit ?? {}])),
    },
  };
}

function selfOf(leader: boolean): Self {
  const modelUuid = "00000000-0000-4000-8000-000000000000";
  const topology = { model: "test", modelUuid, application: "writer", unit: "writer/0", charm: "writer" };
  return { topology, leader, network: NETWORK };
}

function codes(all: readonly Code[]): string {
  return [...new Set(all)].toSorted(byCode).join(", ");
}

function byCode(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function prototypes(): string {
  const all = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
  return JSON.stringify(all.map((one) => Object.getOwnPropertyNames(one)));
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return Array.isArray(value) ? value.map(sorted) : value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}

function broken(message: string): OrreryError {
  return new OrreryError("CONFORMANCE_FAILED", message);
}
