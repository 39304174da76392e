import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { OrreryError } from "@orrery/problems";
import { exportBundle } from "../bundles/export-bundle.ts";
import type { Context } from "../context.ts";
import { toYaml } from "../output/format.ts";

/** `orrery export-bundle`. */
export function exportBundleVerb(context: Context): CommandUnknownOpts {
  return new Command("export-bundle")
    .summary("write the model down as a bundle")
    .description(
      "Writes the model as a Juju bundle: its applications with the options that were set, and its relations. `deploy` makes the same of " +
        "it again. Secrets are not part of it: an option that names one has its URI.",
    )
    .option("--filename <file>", "write it into a file; a file that is there stays")
    .addHelpText("after", "\nExample:\n  orrery export-bundle --filename shop.yaml")
    .action(async ({ filename }) => {
      const { terminal } = context;
      const engine = await context.engine();
      const status = await engine.status({ relations: true });
      const names = Object.keys(status.applications);
      const config = await Promise.all(names.map(async (name) => [name, await engine.config(name)] as const));
      const text = await toYaml(exportBundle(status, Object.fromEntries(config)));
      if (filename === undefined) return terminal.out(text);
      write(resolve(terminal.folder, filename), text);
      terminal.out(`Bundle successfully exported to ${filename}\n`);
    });
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: "wx" });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new OrreryError("CLI_FILE_NOT_WRITTEN", `the bundle is not written: ${why}`, { cause });
  }
}
