import { isApplicationName, parseConfigValue } from "@orrery/charm";
import type { ConfigValue, Manifest } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import type { RunnableCharm } from "../charm-source/charm-source.ts";
import type { Core } from "../core.ts";
import { now } from "../core.ts";
import { theModel } from "../model/model.ts";
import type { ApplicationRecord, RelationRecord } from "../model/records.ts";
import { optionOf } from "./charm-of.ts";
import type { DeployCommand } from "./command.ts";
import { grantsToDo, nameSecrets } from "./name-secrets.ts";
import type { Plan } from "./plan.ts";
import { newUnits } from "./units.ts";

/** Plans an application with its units and peer relations. @throws OrreryError as the codes of the checks say. */
export function planDeploy(core: Core, command: DeployCommand, charm: RunnableCharm): Plan {
  const { manifest } = charm;
  const name = command.application ?? manifest.name;
  expectFreeName(core, name);
  const created = now(core);
  const given = nameSecrets(core, { application: name, manifest, given: command.config ?? {} });
  const config = readConfig(name, manifest, given);
  const application: ApplicationRecord = {
    name,
    charm: command.charm,
    charmName: manifest.name,
    config,
    nextUnit: 0,
    life: "alive",
    created,
  };
  const grown = newUnits(core, application, { count: command.units ?? 1, least: 0 });
  const model = theModel(core.db);
  const peers = Object.entries(manifest.endpoints).filter(([, { role }]) => role === "peers");
  const relations = peers.map(([endpoint, spec], i): RelationRecord => ({
    id: model.nextRelation + i,
    interface: spec.interface,
    ends: [{ application: name, endpoint, role: "peers" }],
    created,
  }));
  return {
    changes: [
      ...grown.changes,
      core.db.models.put("model", { ...model, nextRelation: model.nextRelation + peers.length }),
      ...relations.map((relation) => core.db.relations.put(String(relation.id), relation)),
    ],
    dirty: grown.names,
    result: {
      message: `deployed ${name} from charm ${manifest.name}${grown.names.length === 0 ? "" : ` as ${grown.names.join(", ")}`}${grantsToDo(core, { application: name, manifest, given: config })}`,
      details: { application: name, charm: manifest.name, units: grown.names, problems: charm.problems },
    },
  };
}

/** Reads values for a charm's options. @throws OrreryError `CONFIG_UNKNOWN_OPTION`, `CONFIG_INVALID_VALUE`. */
export function readConfig(
  application: string,
  manifest: Manifest,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, ConfigValue>> {
  const names = Object.keys(given).toSorted();
  return Object.fromEntries(
    names.map((name) => [name, parseConfigValue(name, optionOf(application, manifest, name), given[name])]),
  );
}

function expectFreeName(core: Core, name: string): void {
  if (!isApplicationName(name) || name.length > 63) {
    throw new OrreryError(
      "APPLICATION_NAME_INVALID",
      `application name ${JSON.stringify(name.slice(0, 80))} is not of the allowed form: such as \`shop\` or \`web-shop2\`, at most 63 characters`,
    );
  }
  const found = core.db.applications.get(name);
  if (!found) return;
  if (found.life === "dying")
    throw new OrreryError("APPLICATION_DYING", `application ${name} is still being removed`);
  throw new OrreryError(
    "APPLICATION_EXISTS",
    `application ${name} is in the model already, from charm ${found.charmName}`,
    {
      origin: { application: name },
    },
  );
}
