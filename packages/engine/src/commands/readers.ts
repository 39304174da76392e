import type { Core } from "../core.ts";
import { sidesOf, unitsOf } from "../model/model.ts";

/** All units that see something of an application: its own, and those of the applications that it is related to. */
export function readersOf(core: Core, application: string): readonly string[] {
  const seers = new Set([
    application,
    ...sidesOf(core.db, application).map(({ remote }) => remote.application),
  ]);
  return [...seers].flatMap((one) => unitsOf(core.db, one).map(({ name }) => name));
}
