import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { DisconnectPlan } from "@orrery/engine";
import type { Context } from "../context.ts";
import { changeFields, changeForeign } from "../foreign/change-foreign.ts";
import { overwriteOption, waitOption } from "../foreign/change-options.ts";
import type { Format } from "../output/format.ts";
import { formatOption, print } from "../output/format.ts";

/** `orrery disconnect [APPLICATION]`. */
export function disconnect(context: Context): CommandUnknownOpts {
  return new Command("disconnect")
    .summary("leave a system of yours as it was")
    .description(
      "Takes everything of ours out of the system, waits until the system reports that it is gone, and removes the bridge. It works when the " +
        "bridge's application is gone already, too.",
    )
    .argument("[application]", "the bridge; the only one when absent")
    .option("--dry-run", "list what would be removed, and remove nothing")
    .option("--force", "do not ask the system whether it is gone, as when it is gone itself")
    .addOption(overwriteOption())
    .addOption(waitOption())
    .addOption(formatOption())
    .action(async (application, { dryRun, force, format, ...given }) => {
      if (dryRun) return await show(context, application, format);
      const fields = { ...changeFields(application, given), ...(force ? { force } : {}) };
      await changeForeign(context, { command: "disconnect", ...fields }, format);
    });
}

async function show(context: Context, application: string | undefined, format: Format): Promise<void> {
  await using model = await context.model();
  const value = await model.planDisconnect(application);
  await print(context.terminal, format, { value, render: () => render(value) });
}

function render({ objects, drift }: DisconnectPlan): string {
  const lines = objects.map((key) => {
    const found = drift.find((one) => one.key === key);
    return `  - ${key}${found ? " (somebody else has been at it)" : ""}\n`;
  });
  return `${lines.join("")}${objects.length} objects would be removed, and nothing else.\n`;
}
