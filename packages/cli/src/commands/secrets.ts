import { Command } from "@commander-js/extra-typings";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { ShownSecrets } from "@orrery/engine";
import type { Context } from "../context.ts";
import { formatAge } from "../output/duration.ts";
import { formatOption, print } from "../output/format.ts";
import { table } from "../output/table.ts";
import type { Paint } from "../terminal/terminal.ts";

/** `orrery secrets`. */
export function secrets(context: Context): CommandUnknownOpts {
  return new Command("secrets")
    .alias("list-secrets")
    .summary("see the secrets, never what they hold")
    .description(
      "Lists the secrets in the model, those of people and those that charms keep; never what they hold.",
    )
    .option("--owner <owner>", "only those of an application, of a unit, or people's: <model>")
    .addOption(formatOption())
    .action(async ({ owner, format }) => {
      const all = Object.entries(await (await context.engine()).secrets());
      const value = Object.fromEntries(
        all.filter(([, secret]) => owner === undefined || secret.owner === owner),
      );
      const now = Date.now();
      await print(context.terminal, format, {
        value,
        render: () => renderSecrets(value, context.terminal.paint, now),
      });
    });
}

/** Draws secrets as Juju does; what charms keep has no name of a person's. @param now - Milliseconds since 1970, UTC. */
export function renderSecrets(shown: ShownSecrets, paint: Paint, now: number): string {
  const all = Object.entries(shown);
  if (all.length === 0) return "There are no secrets.\n";
  const rows = all.map(([id, { name, owner, revision, updated }]) => [
    id,
    name ?? "-",
    owner,
    "never",
    String(revision),
    `${formatAge((now - Date.parse(updated)) / 1000)} ago`,
  ]);
  const columns = [
    { title: "ID" },
    { title: "Name" },
    { title: "Owner" },
    { title: "Rotation" },
    { title: "Revision", align: "right" as const },
    { title: "Last updated" },
  ];
  return table(columns, rows, paint);
}
