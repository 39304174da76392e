import type { Reading } from "@orrery/charm";
import type { Code } from "@orrery/problems";
import type { Answered } from "../asking/ask-systems.ts";
import type { InquiredUnit, Inquiry } from "../inquiry/inquiry.ts";
import type { Finding } from "../report/verify-report.ts";
import { titleOf } from "../report/title.ts";
import type { Link } from "./link.ts";
import { LINKS } from "./link.ts";

/** Says which link is the first that does not hold for a thing that was not read back; nothing when it was. */
export function brokenItem({ expected, reading }: Answered, inquiry: Inquiry): Finding | undefined {
  if (reading.state === "live") return undefined;
  const system = findUnit(inquiry, expected.by);
  const product = expected.unit === undefined ? undefined : findUnit(inquiry, expected.unit);
  const ailing = reading.state === "unknown" ? unwell(system) : unwell(product);
  const told = reading.problem?.message ?? `${titleOf(expected)}: ${reading.evidence}`;
  return {
    link: linkOf(expected.kind, reading),
    code: reading.problem?.code ?? codes[reading.state],
    severity: "error",
    application: expected.application,
    origin: expected.unit ?? expected.application,
    message: [told, ailing].filter(Boolean).join("; "),
    remedy:
      reading.problem?.remedy ?? remedies[reading.state](expected.by, expected.unit ?? expected.application),
  };
}

const codes: Readonly<Record<Exclude<Reading["state"], "live">, Code>> = {
  pending: "VERIFY_PENDING",
  failed: "VERIFY_FAILED",
  unknown: "VERIFY_UNKNOWN",
};

const remedies: Readonly<
  Record<Exclude<Reading["state"], "live">, (system: string, product: string) => string>
> = {
  pending: () => "wait for it: `orrery verify --wait 60`",
  failed: (_, product) => `see \`orrery debug-log --include ${product}\``,
  unknown: (system) => `see \`orrery show-unit ${system}\` and \`orrery debug-log --include ${system}\``,
};

/** A target that is listed and not up is broken at the scrape; one that is not listed, at the target. */
function linkOf(kind: string, reading: Reading): Link {
  if (kind === "target") return reading.state === "failed" ? "scraped" : "target";
  return LINKS.find((link) => link === kind) ?? "compiled";
}

function findUnit(inquiry: Inquiry, name: string): InquiredUnit | undefined {
  return inquiry.applications.flatMap(({ units }) => units).find((unit) => unit.name === name);
}

function unwell(unit: InquiredUnit | undefined): string {
  if (!unit || unit.status === "active") return "";
  return `${unit.name} is ${unit.status}${unit.message ? `: ${unit.message}` : ""}`;
}
