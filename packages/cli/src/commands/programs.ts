import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { ProgressEvent } from "@orrery/provision";
import type { Context } from "../context.ts";
import { formatOption, print } from "../output/format.ts";
import { renderPrograms } from "../programs/render-programs.ts";

/** `orrery programs [NAME…]`. */
export function programs(context: Context): CommandUnknownOpts {
  return new Command("programs")
    .summary("see the programs that charms run, or get them")
    .description(
      "Shows for each program which versions are wanted, what was found where, and why something is missing. Nothing is built or " +
        "downloaded unless --provision is given. Ends with 2 when a program is missing.",
    )
    .argument("[name...]", "programs; all that are known when absent")
    .option("--provision", "build, unpack or download what is missing")
    .addOption(formatOption())
    .action(async (names, { provision, format }) => {
      const { terminal } = context;
      // Loaded here: no other command needs it.
      const library = await import("@orrery/provision");
      const options = {
        cacheFolder: library.defaultCacheFolder(terminal.environment),
        signal: terminal.interrupted(),
        onProgress: (event: ProgressEvent) => terminal.tell(`${library.formatProgress(event)}\n`),
      };
      let failure: unknown;
      if (provision === true) {
        const wanted = names.length > 0 ? names : library.programCatalog.map(({ name }) => name);
        await library.provision(wanted, options).catch((error: unknown) => {
          failure = error;
        });
      }
      const found = await library.inspectPrograms(names, { cacheFolder: options.cacheFolder });
      await print(terminal, format, { value: found, render: () => renderPrograms(found, terminal.paint) });
      if (failure !== undefined) throw failure;
      if (found.some((one) => one.found === undefined)) context.end(2);
    });
}
