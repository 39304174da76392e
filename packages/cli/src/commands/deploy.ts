import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { charmReference } from "../arguments/charm-reference.ts";
import { keyValues } from "../arguments/key-values.ts";
import { whole } from "../arguments/numbers.ts";
import type { Context } from "../context.ts";
import { formatOption } from "../output/format.ts";
import { send } from "./send.ts";

/** `orrery deploy CHARM [NAME]`. */
export function deploy(context: Context): CommandUnknownOpts {
  return new Command("deploy")
    .summary("deploy an application")
    .description(
      "Deploys an application from a charm: one of orrery's own by name, a charm's folder, a packed .charm, or a telemetry.yaml " +
        "that declares what a product emits.",
    )
    .argument("<charm>", "name of a charm, its folder, a packed .charm, or a telemetry.yaml")
    .argument("[application]", "name of the application; the charm's own when absent")
    .option("--config <key=value>", "set an option of the charm; may be repeated", collect, [])
    .option("-n, --num-units <count>", "how many units", whole, 1)
    .addOption(formatOption())
    .addHelpText(
      "after",
      "\nExamples:\n  orrery deploy prometheus\n  orrery deploy ./telemetry.yaml shop --config targets=127.0.0.1:8080",
    )
    .action(async (charm, application, options) => {
      await send(
        context,
        {
          command: "deploy",
          charm: charmReference(charm, context.terminal.folder),
          ...(application === undefined ? {} : { application }),
          units: options.numUnits,
          config: keyValues(options.config),
        },
        options.format,
      );
    });
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
