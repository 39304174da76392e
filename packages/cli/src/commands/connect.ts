import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { OrreryError } from "@orrery/problems";
import { keyValues } from "../arguments/key-values.ts";
import type { Context } from "../context.ts";
import type { ModelSession } from "../engine/open-session.ts";
import { renderCard } from "../foreign/render-card.ts";
import { formatOption, print } from "../output/format.ts";
import { expectKnown } from "./plan.ts";

/** The charm of the bridge to a Prometheus. */
const CHARM = "external-prometheus";

/** `orrery connect URL`. */
export function connect(context: Context): CommandUnknownOpts {
  return new Command("connect")
    .summary("look at a Prometheus of yours, and have a bridge to it")
    .description(
      "Looks at a Prometheus that you run, by reading alone, and puts a bridge to it into the model: an application that products are related " +
        "to like any other. Nothing is written to it before `orrery apply`. Done again, it sets options and looks again.",
    )
    .argument("<url>", "where the server answers, such as http://prometheus:9090")
    .option("--as <name>", "name of the application", "prometheus-external")
    .option(
      "--config <key=value>",
      "set an option of the bridge, such as directory; may be repeated",
      collect,
      [],
    )
    .addOption(formatOption())
    .addHelpText(
      "after",
      "\nExamples:\n  orrery connect http://prometheus:9090\n  orrery connect http://prometheus:9090 --config directory=/etc/prometheus/orrery.d",
    )
    .action(async (url, { as: application, config, format }) => {
      await using model = await context.model();
      const set = { ...keyValues(config), url };
      if (await isThere(model, application)) await model.command({ command: "config", application, set });
      else await model.command({ command: "deploy", charm: CHARM, application, config: set });
      const found = await model.plan(application);
      expectKnown(found);
      const { terminal } = context;
      await print(terminal, format, { value: found, render: () => renderCard(found, terminal.paint) });
    });
}

/** Whether the bridge is in the model already. @throws OrreryError `APPLICATION_EXISTS` for another application of that name. */
async function isThere(model: ModelSession, application: string): Promise<boolean> {
  const found = (await model.status()).applications[application];
  if (!found) return false;
  if (found["charm-name"] === CHARM) return true;
  throw new OrreryError(
    "APPLICATION_EXISTS",
    `application ${application} is in the model already, from charm ${found["charm-name"]}`,
    {
      remedy: "name the bridge otherwise: `orrery connect URL --as NAME`",
      origin: { application },
    },
  );
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
