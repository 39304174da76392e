import { hookTools } from "./hook-tools/all-hook-tools.ts";
import type { HookTool } from "./hook-tools/hook-tool.ts";
import { JUJU_VERSION } from "./process/hook-environment.ts";
import { TOOL_LIMITS } from "./tool-server/tool-limits.ts";

const HEAD = `# Hook tools

<!-- Made from the tools themselves by hookToolsReference() of @orrery/foreign-charms; a test keeps the two together. -->

What a charm that lives by hooks finds on its \`PATH\`, as Juju ${JUJU_VERSION} has it: arguments, forms of answers, words of errors and exit
codes. Tools that read take \`--format json|yaml|smart\`. Exit code 0 is fine, 1 says that it failed, 2 that its arguments are none that it
takes; the reason is one line on standard error, after \`ERROR\`.

What takes effect when the hook ends well is thrown away when it fails. [Run somebody else's
charm](../how-to/run-somebody-elses-charm.md) says how such charms are run.
`;

const HOOKS = `
## Hooks

| hooks                                                           | told                                                                |
| --------------------------------------------------------------- | ------------------------------------------------------------------- |
| \`install\`, \`leader-elected\`, \`config-changed\`, \`start\`          | as Juju does, in its order; \`start\` again after the machine's, or after \`orrery down\` |
| \`upgrade-charm\`                                                 | when the charm's files differ at the engine's start                 |
| \`update-status\`                                                 | 5 minutes after \`start\` and after the last one, once all else is told |
| \`<endpoint>-relation-created\`, \`-joined\`, \`-changed\`, \`-departed\`, \`-broken\` | as Juju does; \`-changed\` when the content differs from what was told last |
| \`secret-changed\`, \`secret-rotate\`, \`secret-expired\`             | as Juju does; of a secret's revisions the newest alone is kept, so \`secret-remove\` never comes |
| \`<storage>-storage-attached\`, \`-detaching\`                      | a folder of the unit's own, for storage of type \`filesystem\`        |
| \`stop\`, \`remove\`                                                | when the unit goes, after everybody departed and each relation is broken |
| actions                                                         | \`orrery run\`; never while a hook of the unit runs                   |

Never told: \`leader-settings-changed\`, \`collect-metrics\`, \`meter-status-changed\`, series upgrades, and whatever Pebble says.
`;

/** Writes the reference of hook tools as Markdown, from the tools themselves. */
export function hookToolsReference(): string {
  const all = Object.values(hookTools).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const served = all.filter(({ refused }) => !refused);
  const rows = served.map((tool) => `| ${forms(tool)} | ${cell(tool.summary)} | ${effect(tool)} |`);
  const refused = all.filter((tool) => tool.refused).map(({ name, summary }) => `- \`${name}\`: ${summary}`);
  return [
    HEAD,
    "## Tools",
    ["| tool | does | takes effect |", "| --- | --- | --- |", ...rows].join("\n"),
    "## Refused",
    `These have nothing to work on here, take any arguments, and end with 1:\n\n${refused.join("\n")}`,
    HOOKS.trim(),
    "## Limits of one hook",
    limits(),
  ].join("\n\n");
}

function forms({ name, usage }: HookTool): string {
  return `\`${cell(`${name} ${usage}`.trim())}\``;
}

function effect({ effect, actionsOnly }: HookTool): string {
  return actionsOnly ? `${effect}; in actions alone` : effect;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function mib(bytes: number): string {
  return `${bytes / 2 ** 20} MiB`;
}

function limits(): string {
  return (
    [
      `- ${TOOL_LIMITS.calls} calls of tools, ${TOOL_LIMITS.connections} at once; past ${TOOL_LIMITS.burst} in a row, ${TOOL_LIMITS.callsPerSecond} a second, the others wait`,
      `- ${mib(TOOL_LIMITS.inputBytes)} of input for one call, ${mib(TOOL_LIMITS.totalBytes)} for all`,
      "- 1000 lines of log, from its output and by `juju-log` together; its output is read at 2.5 MiB a second",
      "- 15 minutes, or what `orrery up --hook-deadline` says; actions 2 minutes",
      "- 256 processes, and 1 GiB of memory",
    ].join("\n") + "\n"
  );
}
