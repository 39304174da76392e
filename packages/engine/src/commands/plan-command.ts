import type { Core } from "../core.ts";
import { livingApplication } from "../model/model.ts";
import { planAddSecret } from "./add-secret.ts";
import { charmOf } from "./charm-of.ts";
import type { ModelCommand } from "./command.ts";
import { planConfigure } from "./configure.ts";
import { planDeploy } from "./deploy.ts";
import { planGrantSecret } from "./grant-secret.ts";
import { planIntegrate } from "./integrate.ts";
import type { Plan } from "./plan.ts";
import { planRemoveApplication } from "./remove-application.ts";
import { planRemoveRelation } from "./remove-relation.ts";
import { planRemoveSecret } from "./remove-secret.ts";
import { planAddUnit, planRemoveUnit } from "./units.ts";
import { planUpdateSecret } from "./update-secret.ts";

/** Works out what a command changes. @throws OrreryError whose code says why it is refused. */
export async function planCommand(core: Core, command: ModelCommand): Promise<Plan> {
  switch (command.command) {
    case "deploy": {
      const charm = await core.around.charms.load(command.charm);
      const plan = planDeploy(core, command, charm);
      core.charms.set(command.application ?? charm.manifest.name, charm);
      return plan;
    }
    case "remove-application":
      return planRemoveApplication(core, command);
    case "integrate":
      return await planIntegrate(core, command);
    case "remove-relation":
      return planRemoveRelation(core, command);
    case "config": {
      livingApplication(core.db, command.application);
      return planConfigure(core, command, await charmOf(core, command.application));
    }
    case "add-unit":
      return planAddUnit(core, command);
    case "add-secret":
      return planAddSecret(core, command);
    case "update-secret":
      return planUpdateSecret(core, command);
    case "grant-secret":
    case "revoke-secret":
      return planGrantSecret(core, command);
    case "remove-secret":
      return planRemoveSecret(core, command);
    case "remove-unit":
    default:
      return planRemoveUnit(core, command);
  }
}
