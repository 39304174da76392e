import type { Core } from "../core.ts";

/** Whether the units of an application are this host's to place, run and remove now; an application whose charm is not known is. */
export function takesPart(core: Core, application: string): boolean {
  const charm = core.charms.get(application);
  return charm === undefined || core.around.takesPart?.(charm) !== false;
}
