import type { Core } from "../core.ts";

/** Whether the units of an application are this host's to place, run and remove now; an application whose charm is not known is. */
export function takesPart(core: Core, application: string): boolean {
  const manifest = core.charms.get(application)?.manifest;
  return manifest === undefined || core.around.takesPart?.(manifest) !== false;
}
