import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Context } from "./context.ts";

/** Makes one command. */
export type Verb = (context: Context) => CommandUnknownOpts;

/** A command's heading in the help, and how its module is loaded. */
export interface VerbEntry {
  readonly group: string;
  readonly load: () => Promise<Verb>;
}

const ENGINE = "Engine:";
const MODEL = "Model:";
const SECRETS = "Secrets:";
const FOREIGN = "Systems of your own:";
const LOOKING = "Looking:";
const KNOWING = "Knowing:";
const SHIPPING = "Shipping:";

/**
 * Every command by name, in the order of the help.
 *
 * A command line loads only the module of the command that it names, so that each starts as fast as if it were alone.
 */
export const verbs: Readonly<Record<string, VerbEntry>> = {
  demo: { group: ENGINE, load: async () => (await import("./commands/demo.ts")).demo },
  up: { group: ENGINE, load: async () => (await import("./commands/up.ts")).up },
  down: { group: ENGINE, load: async () => (await import("./commands/down.ts")).down },
  deploy: { group: MODEL, load: async () => (await import("./commands/deploy.ts")).deploy },
  "remove-application": {
    group: MODEL,
    load: async () => (await import("./commands/remove-application.ts")).removeApplication,
  },
  integrate: { group: MODEL, load: async () => (await import("./commands/integrate.ts")).integrate },
  "remove-relation": {
    group: MODEL,
    load: async () => (await import("./commands/remove-relation.ts")).removeRelation,
  },
  config: { group: MODEL, load: async () => (await import("./commands/config.ts")).config },
  "add-unit": { group: MODEL, load: async () => (await import("./commands/add-unit.ts")).addUnit },
  "remove-unit": { group: MODEL, load: async () => (await import("./commands/remove-unit.ts")).removeUnit },
  "export-bundle": {
    group: MODEL,
    load: async () => (await import("./commands/export-bundle.ts")).exportBundleVerb,
  },
  run: { group: MODEL, load: async () => (await import("./commands/run.ts")).run },
  "add-secret": { group: SECRETS, load: async () => (await import("./commands/add-secret.ts")).addSecret },
  "update-secret": {
    group: SECRETS,
    load: async () => (await import("./commands/update-secret.ts")).updateSecret,
  },
  "grant-secret": {
    group: SECRETS,
    load: async () => (await import("./commands/grant-secret.ts")).grantSecret,
  },
  "revoke-secret": {
    group: SECRETS,
    load: async () => (await import("./commands/grant-secret.ts")).revokeSecret,
  },
  "remove-secret": {
    group: SECRETS,
    load: async () => (await import("./commands/remove-secret.ts")).removeSecret,
  },
  secrets: { group: SECRETS, load: async () => (await import("./commands/secrets.ts")).secrets },
  "show-secret": { group: SECRETS, load: async () => (await import("./commands/show-secret.ts")).showSecret },
  connect: { group: FOREIGN, load: async () => (await import("./commands/connect.ts")).connect },
  plan: { group: FOREIGN, load: async () => (await import("./commands/plan.ts")).plan },
  apply: { group: FOREIGN, load: async () => (await import("./commands/apply.ts")).apply },
  undo: { group: FOREIGN, load: async () => (await import("./commands/undo.ts")).undo },
  disconnect: { group: FOREIGN, load: async () => (await import("./commands/disconnect.ts")).disconnect },
  status: { group: LOOKING, load: async () => (await import("./commands/status.ts")).status },
  verify: { group: LOOKING, load: async () => (await import("./commands/verify.ts")).verify },
  "show-unit": { group: LOOKING, load: async () => (await import("./commands/show-unit.ts")).showUnit },
  "debug-log": { group: LOOKING, load: async () => (await import("./commands/debug-log.ts")).debugLog },
  programs: { group: KNOWING, load: async () => (await import("./commands/programs.ts")).programs },
  explain: { group: KNOWING, load: async () => (await import("./commands/explain.ts")).explain },
  pack: { group: SHIPPING, load: async () => (await import("./commands/pack.ts")).pack },
  version: { group: KNOWING, load: async () => (await import("./commands/version.ts")).version },
};

/** Other names of commands. */
export const aliases: Readonly<Record<string, string>> = { relate: "integrate", "list-secrets": "secrets" };

/** Options of the program itself that take a value: the word after them is no command. */
const WITH_VALUE: readonly string[] = ["--home"];

/** Gives the name of the command that a command line is about; none when it names none that there is. */
export function verbOf(args: readonly string[]): string | undefined {
  const at = args.findIndex((text, i) => !text.startsWith("-") && !WITH_VALUE.includes(args[i - 1] ?? ""));
  // `help status` is about status.
  const word = (args[at] === "help" ? args[at + 1] : args[at]) ?? "";
  const name = Object.hasOwn(aliases, word) ? aliases[word] : word;
  return name !== undefined && Object.hasOwn(verbs, name) ? name : undefined;
}
