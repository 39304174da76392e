import type { HttpGet } from "@orrery/charm";
import { askSystems } from "./asking/ask-systems.ts";
import type { FindReader } from "./asking/ask-systems.ts";
import type { Inquiry } from "./inquiry/inquiry.ts";
import { buildReport } from "./report/build-report.ts";
import type { VerifyReport } from "./report/verify-report.ts";

/** What asking needs. */
export interface VerifyDependencies {
  readonly findReader: FindReader;
  /** With a deadline of its own. */
  readonly http: HttpGet;
  /** The same by way of the host, for the systems of a unit that are asked so; they stay unknown when absent. */
  readonly throughHost?: (unit: string) => HttpGet;
}

/**
 * Asks every monitoring system of a model, once, whether what should be there is there.
 *
 * Unknown never counts as arrived, and a model in which nothing is expected is not verified. Never rejects because of
 * what a system answers or does not answer.
 */
export async function verify(inquiry: Inquiry, dependencies: VerifyDependencies): Promise<VerifyReport> {
  const answered = await askSystems(inquiry.expected, dependencies);
  return buildReport(inquiry, answered);
}
