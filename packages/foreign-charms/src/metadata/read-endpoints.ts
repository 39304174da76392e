import type { EndpointSpec, Role } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import { isRecord } from "./parse-juju-yaml.ts";

/** Juju's grammar of endpoint names. */
const NAME = /^[a-z][a-z0-9]*([_-][a-z0-9]+)*$/;
const ROLES: readonly Role[] = ["provides", "requires", "peers"];

/**
 * Reads `provides`, `requires` and `peers`.
 *
 * @throws OrreryError `CHARM_INVALID` naming the endpoint; `CHARM_UNSUPPORTED` for one that only subordinates have.
 */
export function readEndpoints(
  metadata: Readonly<Record<string, unknown>>,
): Readonly<Record<string, EndpointSpec>> {
  const found: Record<string, EndpointSpec> = {};
  for (const role of ROLES) {
    const named = metadata[role] ?? {};
    if (!isRecord(named)) throw invalid(`${role} is no map of endpoints`);
    for (const [name, value] of Object.entries(named)) {
      if (!NAME.test(name))
        throw invalid(`endpoint ${JSON.stringify(name)} is not of the form ${NAME.source}`);
      if (Object.hasOwn(found, name)) throw invalid(`endpoint ${name} is declared twice`);
      found[name] = readEndpoint(role, name, value);
    }
  }
  return found;
}

function readEndpoint(role: Role, name: string, value: unknown): EndpointSpec {
  // Old charms write `db: pgsql` for `db: {interface: pgsql}`.
  const given = typeof value === "string" ? { interface: value } : value;
  if (!isRecord(given)) throw invalid(`endpoint ${name} has no interface`);
  const { interface: of, limit, optional, description, scope } = given;
  if (typeof of !== "string" || of === "") throw invalid(`endpoint ${name} has no interface`);
  if (limit !== undefined && limit !== null && !(Number.isInteger(limit) && Number(limit) > 0)) {
    throw invalid(`endpoint ${name} has limit ${JSON.stringify(limit)}; allowed is a whole number from 1`);
  }
  if (scope === "container") {
    throw new OrreryError(
      "CHARM_UNSUPPORTED",
      `endpoint ${name} has scope container: each unit has a place of its own here`,
      {
        remedy: "subordinate charms are not supported; charms with endpoints of scope global are",
      },
    );
  }
  return {
    role,
    interface: of,
    ...(typeof limit === "number" ? { limit } : {}),
    ...(typeof optional === "boolean" ? { optional } : {}),
    ...(typeof description === "string" ? { description } : {}),
  };
}

function invalid(message: string): OrreryError {
  return new OrreryError("CHARM_INVALID", message);
}
