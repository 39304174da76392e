import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, resolve, sep } from "node:path";
import type { CharmSource, RunnableCharm } from "@orrery/engine";
import { OrreryError, isOrreryError } from "@orrery/problems";
import type { ForeignCharmOptions } from "./foreign-charm.ts";
import { loadForeignCharm } from "./foreign-charm.ts";
import { loadOwnCharm, watched } from "./own-charm.ts";
import type { Watch } from "./own-charm.ts";
import { loadTelemetryCharm } from "./telemetry-charm.ts";

/** Where charms are found and how they are run. */
export interface LocalCharmsOptions extends Omit<ForeignCharmOptions, "folder"> {
  /** Folders of charms by group, `<folder>/<group>/<name>`; what lies in them is trusted and runs in this process. */
  readonly folders: readonly string[];
  readonly watch: Watch;
}

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Finds charms on this machine: by name in its folders, by folder anywhere, or made of a `telemetry.yaml`. */
export class LocalCharms implements CharmSource {
  readonly #options: LocalCharmsOptions;

  constructor(options: LocalCharmsOptions) {
    this.#options = options;
  }

  readonly load = async (reference: string): Promise<RunnableCharm> => {
    const { watch } = this.#options;
    const path = NAME.test(reference) ? this.#byName(reference) : resolve(reference);
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found)
      throw new OrreryError("CHARM_NOT_FOUND", `charm ${reference} is not there: nothing at ${path}`);
    if (found.isFile()) return await this.#declared(path);
    if (!existsSync(join(path, "package.json"))) {
      const declaration = join(path, "telemetry.yaml");
      if (existsSync(declaration)) return await this.#declared(declaration);
      throw new OrreryError(
        "CHARM_NOT_FOUND",
        `folder ${path} holds neither a package.json nor a telemetry.yaml`,
      );
    }
    const folder = realpathSync(path);
    if (this.#isOwn(folder)) return await loadOwnCharm(folder, watch);
    return await loadForeignCharm({ ...this.#options, folder });
  };

  async #declared(path: string): Promise<RunnableCharm> {
    try {
      return watched(loadTelemetryCharm(path), { folder: dirname(path), watch: this.#options.watch });
    } catch (cause) {
      if (isOrreryError(cause)) throw cause;
      const told = cause instanceof Error ? cause.message : String(cause);
      throw new OrreryError("CHARM_INVALID", `declaration ${path} cannot be used: ${told}`, { cause });
    }
  }

  #byName(name: string): string {
    const known: string[] = [];
    for (const { group, charm } of this.#charms()) {
      if (charm === name) return join(group, charm);
      known.push(charm);
    }
    throw new OrreryError("CHARM_NOT_FOUND", `charm ${name} is none of those at hand`, {
      remedy: `name one of ${known.toSorted().join(", ") || "(none)"}, or give a path that starts with ./ or /`,
    });
  }

  *#charms(): Generator<{ readonly group: string; readonly charm: string }> {
    for (const folder of this.#options.folders.filter((one) => isAbsolute(one) && existsSync(one))) {
      for (const group of foldersIn(folder)) {
        for (const charm of foldersIn(join(folder, group))) {
          if (existsSync(join(folder, group, charm, "package.json")))
            yield { group: join(folder, group), charm };
        }
      }
    }
  }

  #isOwn(folder: string): boolean {
    return this.#options.folders.some((own) => existsSync(own) && folder.startsWith(realpathSync(own) + sep));
  }
}

function foldersIn(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && NAME.test(entry.name))
    .map(({ name }) => name);
}
