import { resolve } from "node:path";
import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { ExternalPlan } from "@orrery/engine";
import { OrreryError } from "@orrery/problems";
import type { Context } from "../context.ts";
import { renderPlan } from "../foreign/render-plan.ts";
import { tellSteps } from "../foreign/tell-steps.ts";
import { formatOption, print } from "../output/format.ts";

/** `orrery plan [APPLICATION]`. */
export function plan(context: Context): CommandUnknownOpts {
  return new Command("plan")
    .summary("see what would change in a system of yours")
    .description(
      "Looks at the system and shows what `apply` would do: files that would be made, changed and removed, what cannot be carried and why, " +
        "targets that it scrapes already, and what somebody else has changed of ours. It writes nothing there, and ends with 2 when there is " +
        "something to apply or somebody else has been at ours.",
    )
    .argument("[application]", "the bridge; the only one when absent")
    .option(
      "-o, --output <folder>",
      "write all files as they would be into a folder, to read them or to keep them in Git",
    )
    .addOption(formatOption())
    .addHelpText("after", "\nExamples:\n  orrery plan\n  orrery plan prometheus-external -o ./planned")
    .action(async (application, { output, format }) => {
      const { terminal } = context;
      await using model = await context.model(tellSteps(terminal, () => application));
      const found = await model.plan(application);
      expectKnown(found);
      if (output !== undefined) {
        const { writePlan } = await import("../foreign/write-plan.ts");
        const written = writePlan(resolve(terminal.folder, output), found);
        terminal.tell(
          `${written.files.length} files in ${written.folder}${written.removed > 0 ? `, ${written.removed} removed` : ""}\n`,
        );
      }
      await print(terminal, format, { value: found, render: () => renderPlan(found, terminal.paint) });
      if (found.changes.length > 0 || found.drift.length > 0) context.end(2);
    });
}

/** Refuses to plan for a system that has never answered. @throws OrreryError why it has not. */
export function expectKnown({ application, known, problems }: ExternalPlan): void {
  if (known) return;
  const [why] = problems;
  if (why) throw new OrreryError(why.code, why.message, { remedy: why.remedy, origin: why.origin });
  throw new OrreryError("EXTERNAL_NOT_COMPILED", `bridge ${application} has not looked yet`);
}
