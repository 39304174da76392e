import { resolve } from "node:path";
import { Command, Option } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Context } from "../context.ts";
import { formatOption, print } from "../output/format.ts";
import { renderPacked } from "../packing/render-packed.ts";

const ARCHITECTURES = ["amd64", "arm64"] as const;
const SUBSTRATES = ["kubernetes", "machine"] as const;

/** `orrery pack CHARM`. */
export function pack(context: Context): CommandUnknownOpts {
  return new Command("pack")
    .summary("pack a charm for Juju")
    .description(
      "Packs a charm's folder into a .charm file that Juju deploys: metadata, one bundled file, what its containers run, and Node.js. " +
        "The same charm gives the same bytes, whenever and wherever it is packed.",
    )
    .argument("<charm>", "the charm's folder")
    .option("-o, --output <folder>", "where the .charm file goes", ".")
    .addOption(
      new Option(
        "--for <substrate>",
        "what it is deployed on (default: kubernetes when every container names an image, else machine)",
      ).choices(SUBSTRATES),
    )
    .addOption(
      new Option(
        "--arch <architecture>",
        "architecture of the Node.js that goes in (default: this machine's)",
      )
        .choices(ARCHITECTURES)
        .conflicts("withoutNode"),
    )
    .addOption(new Option("--node <file>", "another Node.js to put in").conflicts("withoutNode"))
    .option(
      "--without-node",
      "leave Node.js out: the charm then runs on a node that is on the machine's PATH",
    )
    .addOption(formatOption())
    .addHelpText("after", "\nExample:\n  orrery pack ./charms/products/storefront -o dist")
    .action(async (charm, options) => {
      const { packCharm } = await import("@orrery/juju-host");
      const { terminal } = context;
      const architecture = options.arch ?? (process.arch === "arm64" ? "arm64" : "amd64");
      if (!options.withoutNode) terminal.tell("packing; Node.js takes some seconds to compress ...\n");
      const packed = await packCharm({
        charm: resolve(terminal.folder, charm),
        into: resolve(terminal.folder, options.output),
        ...(options.for === undefined ? {} : { substrate: options.for }),
        node: options.withoutNode
          ? "none"
          : {
              architecture,
              ...(options.node === undefined ? {} : { file: resolve(terminal.folder, options.node) }),
            },
      });
      await print(terminal, options.format, {
        value: packed,
        render: () => renderPacked(packed, terminal),
      });
    });
}
