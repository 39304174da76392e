import type { ScrapeLimits } from "../../prometheus/capabilities.ts";
import type { PrometheusFilesCapabilities } from "../capabilities.ts";

/** A server of somebody else's, and what its user chose: what {@link compileShare} compiles to. */
export interface FilesTarget {
  readonly capabilities: PrometheusFilesCapabilities;
  /** What all files bear. */
  readonly mark: string;
  /** The foreign system's name in the charm's outcome: what is expected is asked there. */
  readonly system: string;
  readonly ruleScoping: "strict" | "compatible";
  readonly limits: ScrapeLimits;
  /** What names of identity labels start with: letters, digits and underscores. */
  readonly labelPrefix: string;
  /** Labels that a product's targets bear in the server already, by application: chosen by its user. */
  readonly adopt: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
