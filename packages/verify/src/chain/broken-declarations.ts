import type { Role, Signal } from "@orrery/charm";
import { entry } from "@orrery/problems";
import type { InquiredApplication, InquiredEndpoint, Inquiry } from "../inquiry/inquiry.ts";
import type { Finding } from "../report/verify-report.ts";

/** Endpoints over which a product's own telemetry leaves it. */
const CARRIERS: readonly { readonly interface: string; readonly role: Role; readonly signal: Signal }[] = [
  { interface: "prometheus_scrape", role: "provides", signal: "metrics" },
];

/** Finds applications whose telemetry ends before any system is asked: related to nothing, or made into nothing. */
export function brokenDeclarations(inquiry: Inquiry): readonly Finding[] {
  return inquiry.applications.flatMap((application) => {
    const signals = new Set(carriersOf(application).map(({ signal }) => signal));
    return [...signals].flatMap((signal) => brokenSignal(application, signal, inquiry));
  });
}

function brokenSignal(
  application: InquiredApplication,
  signal: Signal,
  inquiry: Inquiry,
): readonly Finding[] {
  const { name } = application;
  // Whoever is looked after, be it by itself, has arrived as far as this.
  if (inquiry.expected.some((one) => one.application === name && one.signal === signal)) return [];
  const endpoints = carriersOf(application).filter((carrier) => carrier.signal === signal);
  const related = endpoints.flatMap(({ endpoint }) => endpoint.related);
  if (related.length > 0) {
    const unwell = application.units
      .filter(({ status }) => status !== "active")
      .map((unit) => `${unit.name} is ${unit.status}`);
    const why = unwell.length > 0 ? ` (${unwell.join(", ")})` : "";
    return [
      {
        link: "compiled",
        code: "VERIFY_NOT_COMPILED",
        severity: "error",
        application: name,
        origin: name,
        message: `${signal} of ${name} are related to ${related.join(", ")}, which expects nothing of them yet${why}`,
        remedy: entry("VERIFY_NOT_COMPILED").remedy,
      },
    ];
  }
  const offered = endpoints.map(({ endpoint }) => `${name}:${endpoint.name}`);
  const reader = inquiry.applications.find(
    (other) => other.name !== name && takes(other, endpoints[0]?.endpoint),
  );
  return [
    {
      link: "relation",
      code: "VERIFY_NOT_RELATED",
      severity: "error",
      application: name,
      origin: name,
      message: `${signal} of ${name} are declared, and ${offered.join(", ")} is related to nothing`,
      remedy: reader
        ? `relate it: \`orrery integrate ${offered[0]} ${reader.name}\``
        : "deploy a monitoring system and relate it: `orrery deploy prometheus`",
    },
  ];
}

function carriersOf(
  application: InquiredApplication,
): readonly { readonly endpoint: InquiredEndpoint; readonly signal: Signal }[] {
  return application.endpoints.flatMap((endpoint) =>
    CARRIERS.filter((one) => one.interface === endpoint.interface && one.role === endpoint.role).map(
      ({ signal }) => ({
        endpoint,
        signal,
      }),
    ),
  );
}

function takes(application: InquiredApplication, offered: InquiredEndpoint | undefined): boolean {
  return application.endpoints.some(
    ({ role, ...one }) => role === "requires" && one.interface === offered?.interface,
  );
}
