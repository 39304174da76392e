import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Placement, UnitPlan } from "@orrery/engine";
import { readIfThere, writeAtomically } from "../disk/write-atomically.ts";

/** A unit as it was placed, kept beside its files: the engine's own record comes later. */
export interface PlacedUnit {
  readonly plan: Pick<UnitPlan, "unit" | "application" | "charm" | "folder" | "ports">;
  readonly placement: Placement;
}

/** The folders of one unit. */
export class UnitFolder {
  readonly path: string;

  constructor(units: string, unit: string) {
    this.path = join(units, unit.replace("/", "-"));
  }

  /** A container's own folder. */
  container(name: string): string {
    return join(this.path, name);
  }

  /** Where the charm is told its files are. */
  files(container: string): string {
    return join(this.container(container), "current");
  }

  storage(container: string): string {
    return join(this.container(container), "storage");
  }

  logs(container: string, service: string): string {
    return join(this.container(container), "logs", service);
  }

  keep(placed: PlacedUnit): void {
    for (const name of Object.keys(placed.placement.containers)) {
      mkdirSync(this.storage(name), { recursive: true, mode: 0o700 });
    }
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    writeAtomically(join(this.path, "placement.json"), `${JSON.stringify(placed)}\n`, 0o600);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** The folders of all units that are there. */
export function unitFolders(units: string): string[] {
  return existsSync(units) ? readdirSync(units).map((name) => join(units, name)) : [];
}

/** Reads the units that were placed in a data folder; one that cannot be read is placed anew. */
export function readPlaced(units: string): Map<string, PlacedUnit> {
  const found = new Map<string, PlacedUnit>();
  mkdirSync(units, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(units)) {
    try {
      const placed: unknown = JSON.parse(readIfThere(join(units, name, "placement.json")) ?? "null");
      if (isPlaced(placed)) found.set(placed.plan.unit, placed);
    } catch {
      // Half a folder from a crash: its unit was not placed.
    }
  }
  return found;
}

function isPlaced(value: unknown): value is PlacedUnit {
  return typeof value === "object" && value !== null && "plan" in value && "placement" in value;
}
