import { readFile } from "node:fs/promises";

/** An application as a Juju bundle has it, as far as the demo needs. */
export interface BundleApplication {
  readonly charm: string;
  readonly num_units?: number;
  readonly options?: Readonly<Record<string, string | number | boolean>>;
}

/** A Juju bundle, as far as the demo needs. */
export interface Bundle {
  readonly description: string;
  readonly applications: Readonly<Record<string, BundleApplication>>;
  /** Each of two `application:endpoint`. */
  readonly relations: readonly (readonly [string, string])[];
}

/** Reads the demo's own bundle, which is part of this package. */
export async function demoBundle(): Promise<Bundle> {
  const { parse } = await import("yaml");
  // src/demo/ and dist/demo/ stand at the same distance from it.
  const text = await readFile(new URL("../../demo/bundle.yaml", import.meta.url), "utf8");
  return parse(text) as Bundle;
}
