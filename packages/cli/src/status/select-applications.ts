import { OrreryError } from "@orrery/problems";
import type { ModelStatus } from "@orrery/engine";
import { nearMatches } from "../arguments/near-matches.ts";

/**
 * Keeps the applications that are named, directly or by one of their units, and their relations; all when none is.
 *
 * @throws OrreryError `APPLICATION_UNKNOWN`.
 */
export function selectApplications(status: ModelStatus, names: readonly string[]): ModelStatus {
  if (names.length === 0) return status;
  const wanted = new Set(names.map((name) => known(status, name)));
  const applications = Object.entries(status.applications).filter(([name]) => wanted.has(name));
  const relations = status.relations?.filter(({ endpoints }) =>
    endpoints.some((endpoint) => wanted.has(endpoint.split(":")[0] ?? "")),
  );
  return { ...status, applications: Object.fromEntries(applications), ...(relations ? { relations } : {}) };
}

function known(status: ModelStatus, name: string): string {
  const application = name.split("/")[0] ?? name;
  const all = Object.keys(status.applications);
  if (all.includes(application)) return application;
  const near = nearMatches(application, all);
  const hint = near.length > 0 ? ` (did you mean ${near.join(" or ")}?)` : "";
  throw new OrreryError("APPLICATION_UNKNOWN", `application ${application} is not in the model${hint}`, {
    remedy: all.length > 0 ? `name one of: ${all.join(", ")}` : "deploy one first: `orrery deploy CHARM`",
  });
}
