import type { ModelStatus } from "@orrery/engine";
import { OrreryError } from "@orrery/problems";
import type { EngineClient } from "@orrery/engine-local/client";
import type { Bundle } from "./bundle.ts";

/** The engine that the model is made in. */
export type DemoTarget = Pick<EngineClient, "command" | "status">;

/** What was not there and was made. */
export interface MadeModel {
  readonly deployed: readonly string[];
  /** `a – b`. */
  readonly related: readonly string[];
}

/**
 * Deploys and relates what a bundle has and the model has not. What is there stays as it is, options too: a person may
 * have changed them.
 *
 * @throws OrreryError `DEMO_FOREIGN_APPLICATION` before anything is changed, when a name belongs to another charm.
 */
export async function makeModel(engine: DemoTarget, bundle: Bundle): Promise<MadeModel> {
  const status = await engine.status({ relations: true });
  expectOwnNames(bundle, status);
  const deployed = Object.keys(bundle.applications).filter(
    (name) => !Object.hasOwn(status.applications, name),
  );
  for (const application of deployed) {
    const {
      charm,
      num_units: units = 1,
      options: config = {},
    } = bundle.applications[application] ?? { charm: application };
    await engine.command({ command: "deploy", charm, application, units, config });
  }
  const there = new Set((status.relations ?? []).map(({ endpoints }) => endpoints.toSorted().join(" ")));
  const missing = bundle.relations.filter((ends) => !there.has(ends.toSorted().join(" ")));
  for (const [a, b] of missing) await engine.command({ command: "integrate", a, b });
  return { deployed, related: missing.map(([a, b]) => `${a} – ${b}`) };
}

function expectOwnNames(bundle: Bundle, { applications }: ModelStatus): void {
  for (const [name, { charm }] of Object.entries(bundle.applications)) {
    const found = applications[name];
    if (found && found["charm-name"] !== charm) {
      throw new OrreryError(
        "DEMO_FOREIGN_APPLICATION",
        `application ${name} is there from charm ${found["charm-name"]}, and the demo's is ${charm}`,
        { origin: { application: name } },
      );
    }
  }
}
