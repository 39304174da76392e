import { entry, formatOrigin } from "@orrery/problems";
import type { Code, Problem } from "@orrery/problems";
import type { Answered } from "../asking/ask-systems.ts";
import { brokenDeclarations } from "../chain/broken-declarations.ts";
import { brokenItem } from "../chain/broken-item.ts";
import { LINKS } from "../chain/link.ts";
import type { Inquiry } from "../inquiry/inquiry.ts";
import { titleOf } from "./title.ts";
import type {
  ApplicationReport,
  Finding,
  Item,
  SignalReport,
  Verdict,
  VerifyReport,
} from "./verify-report.ts";

/** Sets what was asked beside what was answered. */
export function buildReport(inquiry: Inquiry, answered: readonly Answered[]): VerifyReport {
  const items = answered.map((one) => itemOf(one, inquiry));
  const findings = [
    ...(inquiry.expected.length === 0 ? [nothingExpected()] : []),
    ...brokenDeclarations(inquiry),
    ...inquiry.problems.map(leftOut),
    ...items.flatMap(({ broken }) => (broken ? [broken] : [])),
  ].toSorted((a, b) => LINKS.indexOf(a.link) - LINKS.indexOf(b.link));
  return {
    verdict: verdictOf(inquiry, items, findings),
    expected: items.length,
    arrived: items.filter(arrived).length,
    applications: applicationsOf(items),
    findings,
  };
}

function itemOf(one: Answered, inquiry: Inquiry): Item {
  const { expected, reading } = one;
  const broken = brokenItem(one, inquiry);
  return {
    application: expected.application,
    signal: expected.signal,
    kind: expected.kind,
    name: expected.name,
    ...(expected.unit === undefined ? {} : { unit: expected.unit }),
    title: titleOf(expected),
    system: expected.by,
    state: reading.state,
    evidence: reading.evidence,
    ...(reading.ageSeconds === undefined ? {} : { ageSeconds: reading.ageSeconds }),
    ...(broken ? { broken } : {}),
  };
}

function verdictOf(inquiry: Inquiry, items: readonly Item[], findings: readonly Finding[]): Verdict {
  const refused = inquiry.problems.some(({ severity }) => severity === "error");
  if (refused || items.some(({ state }) => state === "failed")) return "failed";
  const clear = items.every(arrived) && findings.every(({ severity }) => severity !== "error");
  return clear && items.length > 0 ? "verified" : "incomplete";
}

function arrived({ state }: Item): boolean {
  return state === "live";
}

function applicationsOf(items: readonly Item[]): readonly ApplicationReport[] {
  const byApplication = Map.groupBy(items, ({ application }) => application);
  return [...byApplication]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([application, own]) => ({
      application,
      signals: [...Map.groupBy(own, ({ signal }) => signal)].map(([signal, those]) =>
        signalOf(signal, those),
      ),
    }));
}

function signalOf(signal: SignalReport["signal"], items: readonly Item[]): SignalReport {
  const ages = items.flatMap(({ ageSeconds }) => (ageSeconds === undefined ? [] : [ageSeconds]));
  return {
    signal,
    expected: items.length,
    arrived: items.filter(arrived).length,
    ...(ages.length > 0 ? { oldestSeconds: Math.max(...ages) } : {}),
    items,
  };
}

/** What does not run has no metrics to scrape; everything else was left out of what is compiled. */
const NOT_RUNNING: readonly Code[] = ["WORKLOAD_DOWN", "CHECK_DOWN"];

function leftOut(found: Problem): Finding {
  return {
    link: NOT_RUNNING.includes(found.code) ? "target" : "compiled",
    code: found.code,
    severity: found.severity,
    application: found.origin.application ?? "",
    origin: formatOrigin(found.origin),
    message: found.message,
    remedy: found.remedy,
  };
}

function nothingExpected(): Finding {
  return {
    link: "relation",
    code: "VERIFY_NOTHING_EXPECTED",
    severity: "error",
    application: "",
    origin: "",
    message: "nothing is expected: no application's telemetry leads to a monitoring system",
    remedy: entry("VERIFY_NOTHING_EXPECTED").remedy,
  };
}
