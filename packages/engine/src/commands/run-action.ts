import type { ActionTools, BackendUse } from "@orrery/charm";
import { OrreryError, isOrreryError } from "@orrery/problems";
import type { Core } from "../core.ts";
import { livingUnit } from "../model/model.ts";
import { didYouMean } from "../model/near-matches.ts";
import { printable } from "../reports/event-log.ts";
import { buildView } from "../settling/build-view.ts";
import { rotateMaterial } from "../settling/rotate-material.ts";
import { readParams } from "./action-params.ts";
import { charmOf } from "./charm-of.ts";
import type { CommandResult, RunCommand } from "./command.ts";
import { journaled } from "./journal.ts";

/**
 * Runs an action on a unit, then has the unit reconciled: an action itself writes no bags.
 *
 * @throws OrreryError `UNIT_UNKNOWN`, `UNIT_NOT_PLACED`, `ACTION_UNKNOWN`, `ACTION_PARAMS_INVALID`, `ACTION_FAILED`.
 */
export async function runAction(core: Core, command: RunCommand): Promise<CommandResult> {
  const unit = livingUnit(core.db, command.unit);
  const charm = await charmOf(core, unit.application);
  const known = Object.keys(charm.manifest.actions);
  const action = Object.hasOwn(charm.manifest.actions, command.action)
    ? charm.manifest.actions[command.action]
    : undefined;
  if (!action) {
    const message = `action ${command.action} is not one of ${charm.manifest.name}'s${didYouMean(command.action, known)}`;
    throw new OrreryError("ACTION_UNKNOWN", message, {
      remedy: `name one of: ${known.join(", ") || "(it has none)"}`,
    });
  }
  const params = readParams(command.action, action, command.params ?? {});
  if (!unit.placement)
    throw new OrreryError("UNIT_NOT_PLACED", `unit ${unit.name} has no address yet`, {
      origin: { unit: unit.name },
    });
  const { view } = buildView(core, { ...unit, placement: unit.placement }, charm.manifest);
  const reachable = [
    ...Object.values(view.network.ports).map((port) => `${view.network.address}:${port}`),
    ...view.relations.flatMap(({ granted }) => granted),
  ];
  core.log.write("INFO", unit.name, `running action ${command.action}`);
  try {
    const results = await charm.act(
      { action: command.action, view, params },
      toolsFor(core, unit.name, reachable),
    );
    const result = {
      message: `${command.action} ran on ${unit.name}`,
      details: { unit: unit.name, results },
    };
    core.db.commit(journaled(core, command, { changes: [], result }));
    return result;
  } catch (cause) {
    if (isOrreryError(cause)) throw cause;
    const told = cause instanceof Error ? cause.message : String(cause);
    throw new OrreryError(
      "ACTION_FAILED",
      `action ${command.action} on ${unit.name}: ${printable(told, 500)}`,
      { cause },
    );
  } finally {
    delete core.runtimes.get(unit.name)?.viewKey;
    core.dirty.add(unit.name);
  }
}

function toolsFor(core: Core, unit: string, reachable: readonly string[]): ActionTools {
  return {
    get: async (wanted) => {
      const backend = backendOf(core, unit);
      const url = wanted.startsWith("/") && backend ? new URL(wanted, backend.url).href : wanted;
      const { host, hostname } = readUrl(url);
      if (!core.around.get || !(reachable.includes(host) || reachable.includes(hostname))) {
        const allowed = core.around.get ? reachable.join(", ") || "none" : "none on this host";
        throw new OrreryError(
          "ADDRESS_NOT_GRANTED",
          `address ${host} was not granted to ${unit}; granted are ${allowed}`,
        );
      }
      const ours = backend !== undefined && new URL(backend.url).host === new URL(url).host;
      return await core.around.get(url, ours && backend.ca !== undefined ? { ca: backend.ca } : {});
    },
    exec: async (container, command) => await core.around.substrate.exec(unit, container, command),
    rotate: async (material) => rotateMaterial(core, unit, material),
  };
}

/** The monitoring system that a unit runs. */
function backendOf(core: Core, unit: string): BackendUse | undefined {
  const containers = Object.values(core.runtimes.get(unit)?.outcome?.containers ?? {});
  return containers.find(({ backend }) => backend)?.backend;
}

function readUrl(text: string): { readonly host: string; readonly hostname: string } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new OrreryError(
      "ADDRESS_NOT_GRANTED",
      `address ${JSON.stringify(text.slice(0, 200))} is no http or https address`,
    );
  }
  const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
  return { host: `${url.hostname}:${port}`, hostname: url.hostname };
}
