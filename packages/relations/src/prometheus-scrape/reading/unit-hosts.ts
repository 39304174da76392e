import { quote } from "@orrery/databag";
import { problem } from "@orrery/problems";
import type { Origin } from "@orrery/problems";
import { parseTargetAddress } from "@orrery/telemetry";
import type { Decoded } from "@orrery/telemetry";
import type { RelationView } from "@orrery/charm";
import { legacyHost, unitAddress, unitFqdn, unitName, unitPath } from "../wire/bag-fields.ts";
import type { ScopeMode } from "@orrery/query";
import { readPath } from "./read-path.ts";

/** One unit of the other side, as it says it can be reached. */
export interface UnitHost {
  readonly unit: string;
  /** Canonical host, without port. */
  readonly address: string;
  readonly fqdn?: string;
  /** `""` when none; no slash at its end. */
  readonly pathPrefix: string;
}

/** Reads where the units are, in order of number; a unit that gives no address is left out. */
export function unitHosts(
  relation: RelationView,
  about: { readonly origin: Origin; readonly scoping: ScopeMode },
): Decoded<readonly UnitHost[]> {
  const read = byNumber(relation.units).map((unit) =>
    one(unit, relation.bags.remoteUnits[unit] ?? {}, about),
  );
  return { value: read.flatMap(({ value }) => value), problems: read.flatMap(({ problems }) => problems) };
}

/** Sorts unit names by their number. */
export function byNumber(units: readonly string[]): readonly string[] {
  return units.toSorted((a, b) => numberOf(a) - numberOf(b) || (a < b ? -1 : 1));
}

function numberOf(unit: string): number {
  const number = Number(unit.slice(unit.lastIndexOf("/") + 1));
  return Number.isFinite(number) ? number : Number.MAX_SAFE_INTEGER;
}

function one(
  unit: string,
  bag: Readonly<Record<string, string>>,
  about: { readonly origin: Origin; readonly scoping: ScopeMode },
): Decoded<readonly UnitHost[]> {
  const origin = { ...about.origin, unit };
  const given = unitAddress.read(bag, origin);
  const address = given.value === undefined ? legacyHost.read(bag, origin) : given;
  const path = unitPath.read(bag, origin);
  const fqdn = unitFqdn.read(bag, origin);
  const claimed = unitName.read(bag, origin);
  const problems = [given, address, path, fqdn, claimed].flatMap((field) => field.problems);
  if (address.value === undefined) return { value: [], problems };
  const host = parseTargetAddress(address.value);
  if (!("host" in host) || host.port !== undefined) {
    const message = `unit address ${quote(address.value)} ${"refused" in host ? host.refused : "has a port; a host alone is wanted"}`;
    return { value: [], problems: [...problems, problem("SCRAPE_TARGET_REFUSED", { message, origin })] };
  }
  const prefix = readPath(path.value ?? "");
  if (prefix === undefined) {
    const message = `unit path ${quote(path.value ?? "")} is no URL path`;
    return { value: [], problems: [...problems, problem("SCRAPE_TARGET_REFUSED", { message, origin })] };
  }
  let name = unit;
  if (claimed.value !== undefined && claimed.value !== unit) {
    if (about.scoping === "compatible" && /^[a-z0-9-]+\/\d+$/.test(claimed.value)) name = claimed.value;
    else {
      const message = `unit ${unit} calls itself ${quote(claimed.value)}; its own name was kept`;
      problems.push(problem("RELATION_FOREIGN_IDENTITY", { message, origin, severity: "warning" }));
    }
  }
  const alias = fqdn.value === undefined ? undefined : parseTargetAddress(fqdn.value);
  return {
    value: [
      {
        unit: name,
        address: host.host,
        ...(alias && "host" in alias ? { fqdn: alias.host } : {}),
        pathPrefix: prefix.replace(/\/+$/, ""),
      },
    ],
    problems,
  };
}
