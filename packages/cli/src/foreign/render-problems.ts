import type { Problem, Severity } from "@orrery/problems";
import type { Paint, Style } from "../terminal/terminal.ts";

const STYLES: Readonly<Record<Severity, Style>> = { error: "red", warning: "yellow", info: "cyan" };

/** Draws findings, each with how to mend it. */
export function renderProblems(problems: readonly Problem[], paint: Paint): string {
  return problems
    .map(
      ({ code, severity, message, remedy }) => `${paint(STYLES[severity], code)}: ${message}\n  ${remedy}\n`,
    )
    .join("");
}
