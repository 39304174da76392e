import { bareSecretId } from "../events/secret-id.ts";
import type { HookRun } from "../hook-run/hook-run.ts";
import { ownSecrets } from "../hook-run/own-secrets.ts";
import type { OwnSecret } from "../hook-run/own-secrets.ts";
import { FLAG, TEXT } from "./hook-tool.ts";
import type { HookTool } from "./hook-tool.ts";
import { ToolError, badArguments } from "./tool-error.ts";

/** Tools that read secrets. */
export const secretReadingTools: readonly HookTool[] = [
  {
    name: "secret-get",
    summary:
      "the content of a secret, always of its newest revision; with an id and --label the secret is called so from now on",
    usage: "[<id>] [--label <label>] [--peek|--refresh] [<key>[#base64]]",
    options: { label: TEXT, peek: FLAG, refresh: FLAG },
    format: "yaml",
    effect: "reads",
    run: ({ run, args }) => {
      if (args.flags.has("peek") && args.flags.has("refresh"))
        throw badArguments("specify one of --peek or --refresh but not both");
      const { id, key } = whichSecret(run, args.positional, args.texts["label"]);
      const content = contentOf(run, id, {
        label: args.texts["label"],
        moves: args.flags.has("refresh"),
        looks: args.flags.has("peek"),
      });
      if (key === undefined) return content;
      const [name = "", encoding] = key.split("#");
      const value = Object.hasOwn(content, name) ? content[name] : undefined;
      if (value === undefined) throw new ToolError(`secret key ${JSON.stringify(name)} not found`);
      return encoding === "base64" ? Buffer.from(value, "utf8").toString("base64") : value;
    },
  },
  {
    name: "secret-info-get",
    summary: "what is known of a secret of the unit's or its application's own, beside the content",
    usage: "<id> | --label <label>",
    options: { label: TEXT },
    format: "yaml",
    effect: "reads",
    run: ({ run, args }) => {
      const { label } = args.texts;
      if (label !== undefined && args.positional.length > 0)
        throw badArguments("specify either a secret URI or label but not both");
      const secret = ownSecret(run, whichSecret(run, args.positional, label).id);
      return { [secret.id]: infoOf(run, secret) };
    },
  },
  {
    name: "secret-ids",
    summary: "ids of the secrets that the unit or its application made",
    usage: "",
    options: {},
    format: "smart",
    effect: "reads",
    run: ({ run }) => ownSecrets(run).map(({ id }) => id),
  },
];

/**
 * A secret that the unit may change.
 *
 * @throws ToolError for one that is not there, or belongs to the application while another unit leads it.
 */
export function ownSecret(run: HookRun, given: string): OwnSecret {
  const id = bareSecretId(given);
  const found = ownSecrets(run).find((one) => one.id === id);
  if (!found) {
    const readable = Object.keys(run.view.secrets).some((uri) => bareSecretId(uri) === id);
    throw new ToolError(readable ? "permission denied" : `secret ${JSON.stringify(id)} not found`);
  }
  if (found.about.owner === "application" && !run.view.leader)
    throw new ToolError("permission denied: not the leader");
  return found;
}

function whichSecret(
  run: HookRun,
  [first, second]: readonly string[],
  label: string | undefined,
): { readonly id: string; readonly key: string | undefined } {
  const isId = first !== undefined && isKnown(run, bareSecretId(first));
  if (first !== undefined && (isId || label === undefined)) return { id: bareSecretId(first), key: second };
  if (label === undefined) throw badArguments("require either a secret URI or label");
  const own = ownSecrets(run).find(({ about }) => about.label === label)?.id;
  const [read] = Object.entries(run.work.memory.read).find(([, one]) => one.label === label) ?? [];
  const id = own ?? read;
  if (id === undefined) throw new ToolError(`secret with label ${JSON.stringify(label)} not found`);
  return { id, key: first };
}

function isKnown(run: HookRun, id: string): boolean {
  return (
    Object.keys(run.view.secrets).some((uri) => bareSecretId(uri) === id) ||
    ownSecrets(run).some((one) => one.id === id)
  );
}

function contentOf(
  run: HookRun,
  id: string,
  how: { readonly label: string | undefined; readonly moves: boolean; readonly looks: boolean },
): Readonly<Record<string, string>> {
  const own = ownSecrets(run).find((one) => one.id === id);
  if (own) return own.content;
  const [, secret] = Object.entries(run.view.secrets).find(([uri]) => bareSecretId(uri) === id) ?? [];
  if (!secret) throw new ToolError(`secret ${JSON.stringify(id)} not found`);
  const { revision, content } = secret;
  const before = run.work.memory.read[id];
  if (how.looks && how.label === undefined) return content;
  const label = how.label ?? before?.label;
  const read = {
    revision,
    told: how.moves ? revision : (before?.told ?? revision),
    ...(label === undefined ? {} : { label }),
  };
  run.work = { ...run.work, memory: { ...run.work.memory, read: { ...run.work.memory.read, [id]: read } } };
  return content;
}

function infoOf(run: HookRun, { revision, about }: OwnSecret): Readonly<Record<string, unknown>> {
  const access = about.grants.flatMap((relation) => {
    const known = run.work.memory.relations[relation];
    if (!known) return [];
    const { endpoint, application } = known;
    return [
      {
        target: `application-${application}`,
        scope: `relation-${run.view.application}.${endpoint}#${application}`,
        role: "view",
      },
    ];
  });
  return {
    revision,
    label: about.label ?? "",
    owner: about.owner,
    description: about.description,
    rotation: about.rotate ?? "never",
    rotates: about.rotateAt,
    expiry: about.expireAt,
    ...(access.length > 0 ? { access } : {}),
  };
}
