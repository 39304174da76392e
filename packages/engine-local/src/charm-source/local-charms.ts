import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, resolve, sep } from "node:path";
import type { CharmSource, RunnableCharm } from "@orrery/engine";
import { isHookCharm, loadHookCharm, looksLikeHookCharm, unpackCharm } from "@orrery/foreign-charms";
import type { HookSettings } from "@orrery/foreign-charms";
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
  /** How charms that live by hooks are run. */
  readonly hooks: HookSettings;
  /** Folder that packed charms are unpacked into. */
  readonly unpacked: string;
}

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Finds charms on this machine: by name in its folders, by folder or packed anywhere, or made of a `telemetry.yaml`. */
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
    if (found.isFile() && path.endsWith(".charm")) {
      return await loadHookCharm(await unpackCharm(path, this.#options.unpacked), this.#options.hooks);
    }
    if (found.isFile()) return await this.#declared(path);
    // Such a charm may have a package.json of its own, as packed ones of ours do.
    if (isHookCharm(path)) return await loadHookCharm(realpathSync(path), this.#options.hooks);
    if (!existsSync(join(path, "package.json"))) {
      const declaration = join(path, "telemetry.yaml");
      if (existsSync(declaration)) return await this.#declared(declaration);
      // It says what a charm in Juju's form has to have.
      if (looksLikeHookCharm(path)) return await loadHookCharm(realpathSync(path), this.#options.hooks);
      throw new OrreryError(
        "CHARM_NOT_FOUND",
        `folder ${path} holds no package.json, no telemetry.yaml, and no metadata.yaml or charmcraft.yaml`,
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
