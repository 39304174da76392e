import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { OrreryError } from "@orrery/problems";
import { charmReference } from "../arguments/charm-reference.ts";
import { keyValues } from "../arguments/key-values.ts";
import { whole } from "../arguments/numbers.ts";
import { findBundle } from "../bundles/find-bundle.ts";
import type { Context } from "../context.ts";
import { formatOption } from "../output/format.ts";
import { send } from "./send.ts";

/** `orrery deploy CHARM [NAME]`. */
export function deploy(context: Context): CommandUnknownOpts {
  return new Command("deploy")
    .summary("deploy an application or a bundle")
    .description(
      "Deploys an application from a charm: one of orrery's own by name, a charm's folder, a packed .charm, or a telemetry.yaml " +
        "that declares what a product emits. Of a Juju bundle, all that the model lacks is deployed, set and related.",
    )
    .argument("<charm>", "name of a charm, its folder, a packed .charm, a telemetry.yaml, or a bundle")
    .argument("[application]", "name of the application; the charm's own when absent")
    .option("--config <key=value>", "set an option of the charm; may be repeated", collect, [])
    .option("-n, --num-units <count>", "how many units (default: 1)", whole)
    .option("--overlay <file>", "lay a file over the bundle; may be repeated", collect, [])
    .option("--dry-run", "only show what a bundle would change; ends with 2 when there is something")
    .addOption(formatOption())
    .addHelpText(
      "after",
      "\nExamples:\n  orrery deploy prometheus\n  orrery deploy ./telemetry.yaml shop --config targets=127.0.0.1:8080\n  orrery deploy ./bundle.yaml --dry-run",
    )
    .action(async (charm, application, { config, numUnits, overlay, dryRun, format }) => {
      const reference = charmReference(charm, context.terminal.folder);
      const bundle = findBundle(reference);
      const forCharms = application !== undefined || numUnits !== undefined || config.length > 0;
      const forBundles = overlay.length > 0 || dryRun === true;
      if (bundle) {
        if (forCharms)
          throw misplaced(`${charm} is a bundle, which names its applications, units and options itself`);
        const { deployBundle } = await import("../bundles/deploy-bundle.ts");
        return await deployBundle(context, bundle, { overlay, dryRun: dryRun === true, format });
      }
      if (forBundles) throw misplaced(`--overlay and --dry-run are for bundles, and ${charm} is none`);
      await send(
        context,
        {
          command: "deploy",
          charm: reference,
          ...(application === undefined ? {} : { application }),
          units: numUnits ?? 1,
          config: keyValues(config),
        },
        format,
      );
    });
}

function misplaced(message: string): OrreryError {
  return new OrreryError("CLI_USAGE", message, {
    remedy: "leave those arguments out: see `orrery help deploy`",
  });
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
