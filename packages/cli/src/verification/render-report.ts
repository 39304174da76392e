import type { Finding, Item, Verdict, VerifyReport } from "@orrery/verify";
import { formatAge } from "../output/duration.ts";
import { table } from "../output/table.ts";
import type { Cell } from "../output/table.ts";
import type { Paint, Style } from "../terminal/terminal.ts";

const VERDICTS: Readonly<Record<Verdict, Style>> = { verified: "green", incomplete: "yellow", failed: "red" };

/**
 * Draws a report: a line for each application and signal, then where the way is broken and how to mend it, then the
 * verdict. `full` draws a line for each single thing instead.
 */
export function renderReport(report: VerifyReport, paint: Paint, full: boolean = false): string {
  const parts = [];
  if (report.expected > 0) parts.push(full ? itemTable(report, paint) : signalTable(report, paint));
  if (report.findings.length > 0) {
    parts.push(report.findings.map((finding) => renderFinding(finding, paint)).join(""));
  }
  parts.push(`${paint(VERDICTS[report.verdict], summary(report))}\n`);
  return parts.join("\n");
}

function summary({ verdict, expected, arrived, findings }: VerifyReport): string {
  const notes = findings.filter(({ severity }) => severity !== "error").length;
  const also = notes === 0 ? "" : `, with ${notes} ${notes === 1 ? "note" : "notes"}`;
  if (verdict === "verified") return `verified: all ${expected} expected things were read back${also}`;
  if (expected === 0) return `${verdict}: nothing is expected`;
  return `${verdict}: ${arrived} of ${expected} expected things were read back`;
}

function signalTable({ applications }: VerifyReport, paint: Paint): string {
  const rows = applications.flatMap(({ application, signals }) =>
    signals.map(({ signal, expected, arrived, oldestSeconds, items }): readonly Cell[] => [
      application,
      signal,
      String(expected),
      { text: String(arrived), style: arrived === expected ? "green" : "yellow" },
      oldestSeconds === undefined ? "" : formatAge(oldestSeconds),
      ...evidence(items),
    ]),
  );
  return table(
    [
      { title: "App" },
      { title: "Signal" },
      { title: "Expected", align: "right" },
      { title: "Arrived", align: "right" },
      { title: "Age", align: "right" },
      { title: "Asked" },
      { title: "Evidence" },
    ],
    rows,
    paint,
  );
}

/** Who was asked, and what was seen of the first thing that has not arrived; of any, where all have. */
function evidence(items: readonly Item[]): readonly [string, string] {
  const missing = items.find(({ state }) => state !== "live");
  const shown = missing ?? items[0];
  if (!shown) return ["", ""];
  const others = items.length - 1;
  const more = others === 0 || missing ? "" : `, and ${others} more`;
  return [shown.system, `${shown.title}: ${shown.evidence}${more}`];
}

function itemTable({ applications }: VerifyReport, paint: Paint): string {
  const rows = applications
    .flatMap(({ signals }) => signals.flatMap(({ items }) => items))
    .map((item): readonly Cell[] => [
      item.application,
      item.title,
      {
        text: item.state,
        style: item.state === "live" ? "green" : item.state === "failed" ? "red" : "yellow",
      },
      item.system,
      item.evidence,
    ]);
  const titles = ["App", "Expected", "State", "Asked", "Evidence"];
  return table(
    titles.map((title) => ({ title })),
    rows,
    paint,
  );
}

function renderFinding(finding: Finding, paint: Paint): string {
  const { code, link, severity, origin, message, remedy } = finding;
  const style = severity === "error" ? "red" : severity === "warning" ? "yellow" : "dim";
  const where = origin === "" || message.includes(origin) ? "" : `${origin}: `;
  return `${paint(style, `${code}, broken at ${link}`)}: ${where}${message}\n  ${remedy}\n`;
}
