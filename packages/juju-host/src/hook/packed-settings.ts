import type { ProgramProbes } from "../workload/program-probe.ts";

/** What packing knew and the packed charm has to: plain JSON. */
export interface PackedSettings {
  /** Texts of the folders that the charm marks, by folder and path. */
  readonly assets: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly substrate: Substrate;
  /** How the charm's programs tell their versions. */
  readonly probes: ProgramProbes;
  /** Digest of the files in `workload/`; absent for a charm without. */
  readonly workload?: string;
}

/** What a packed charm runs on: Juju takes a charm with containers for Kubernetes alone, one without for machines. */
export type Substrate = "kubernetes" | "machine";
