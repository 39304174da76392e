import { nextRotation } from "../events/after-hook.ts";
import type { OwnedSecret } from "../events/unit-memory.ts";
import type { HookRun } from "../hook-run/hook-run.ts";
import { ownSecrets } from "../hook-run/own-secrets.ts";
import { TEXT } from "./hook-tool.ts";
import type { HookTool } from "./hook-tool.ts";
import { relationArgument } from "./relation-argument.ts";
import { SECRET_OPTIONS, secretContent, secretOptions } from "./secret-arguments.ts";
import { ownSecret } from "./secret-reading-tools.ts";
import { ToolError, badArguments } from "./tool-error.ts";

const LETTERS = "0123456789abcdefghijklmnopqrstuv";
/** Secrets that one unit may keep. */
const MOST = 200;

/** Tools that make and change secrets. */
export const secretWritingTools: readonly HookTool[] = [
  {
    name: "secret-add",
    summary: "makes a secret and gives its id",
    usage:
      "[--label <label>] [--description <text>] [--expire <time>] [--rotate <policy>] [--owner <application|unit>] [--file <path>|-] [<key>[#base64|#file]=<value> …]",
    options: SECRET_OPTIONS,
    effect: "when the hook ends well",
    run: async (call) => {
      const { run } = call;
      const about: OwnedSecret = { owner: "application", grants: [], ...secretOptions(call) };
      if (about.owner === "application" && !run.view.leader)
        throw new ToolError("permission denied: not the leader");
      const content = await secretContent(call, call.args.positional);
      if (Object.keys(content).length === 0) throw badArguments("missing secret value or filename");
      const all = ownSecrets(run);
      if (all.length >= MOST) throw new ToolError(`cannot keep more than ${MOST} secrets`);
      if (about.label !== undefined && all.some((one) => one.about.label === about.label))
        throw new ToolError(`secret with label ${JSON.stringify(about.label)} already exists`);
      const id = [...run.random(20)].map((byte) => LETTERS[byte % LETTERS.length]).join("");
      keep(run, id, { content, about });
      return `secret:${id}\n`;
    },
  },
  {
    name: "secret-set",
    summary: "changes a secret; other content is a new revision",
    usage:
      "[--label <label>] [--description <text>] [--expire <time>] [--rotate <policy>] [--owner <application|unit>] [--file <path>|-] <id> [<key>[#base64|#file]=<value> …]",
    options: SECRET_OPTIONS,
    effect: "when the hook ends well",
    run: async (call) => {
      const { run, args } = call;
      const [given, ...words] = args.positional;
      if (given === undefined) throw badArguments("missing secret URI");
      const secret = ownSecret(run, given);
      const { owner: _same, ...options } = secretOptions(call);
      const content = await secretContent(call, words);
      const isNew = Object.keys(content).length > 0;
      const rotateAt = isNew ? nextRotation(options.rotate ?? secret.about.rotate, run.now()) : undefined;
      const about = { ...secret.about, ...options, ...(rotateAt === undefined ? {} : { rotateAt }) };
      keep(run, secret.id, { content: isNew ? content : secret.content, about });
    },
  },
  {
    name: "secret-remove",
    summary:
      "removes a secret; of its revisions only the newest is kept, so removing an older one does nothing",
    usage: "<id> [--revision <number>]",
    options: { revision: TEXT },
    effect: "when the hook ends well",
    run: ({ run, args }) => {
      const secret = ownSecret(run, idArgument(args.positional));
      const { revision } = args.texts;
      if (revision !== undefined && Number(revision) < secret.revision) return;
      const { [secret.id]: _gone, ...owned } = run.work.memory.owned;
      run.work = {
        ...run.work,
        memory: { ...run.work.memory, owned },
        secrets: { ...run.work.secrets, [secret.id]: null },
      };
    },
  },
  {
    name: "secret-grant",
    summary: "lets the other side of a relation read a secret; a grant to one unit is one to its application",
    usage: "--relation <relation> [--unit <unit>] <id>",
    options: { relation: { kind: "text", short: "r" }, unit: TEXT },
    effect: "when the hook ends well",
    run: ({ run, args }) => {
      const secret = ownSecret(run, idArgument(args.positional));
      const { relation } = args.texts;
      if (relation === undefined) throw badArguments("missing relation id");
      const { id } = relationArgument(run, { ...args, texts: { r: relation } });
      setGrants(run, secret.id, [...secret.about.grants.filter((one) => one !== id), id]);
    },
  },
  {
    name: "secret-revoke",
    summary: "takes such a grant back",
    usage: "[--relation <relation>] [--app <application>] [--unit <unit>] <id>",
    options: { relation: { kind: "text", short: "r" }, app: TEXT, unit: TEXT },
    effect: "when the hook ends well",
    run: ({ run, args }) => {
      const secret = ownSecret(run, idArgument(args.positional));
      const { relation, app, unit } = args.texts;
      const application = app ?? unit?.split("/")[0];
      if (relation === undefined && application === undefined)
        throw badArguments("missing relation id or application or unit");
      const id =
        relation === undefined ? undefined : relationArgument(run, { ...args, texts: { r: relation } }).id;
      const stays = (one: number): boolean =>
        id === undefined ? run.work.memory.relations[one]?.application !== application : one !== id;
      setGrants(run, secret.id, secret.about.grants.filter(stays));
    },
  },
];

function idArgument([given]: readonly string[]): string {
  if (given === undefined) throw badArguments("missing secret URI");
  return given;
}

function setGrants(run: HookRun, id: string, grants: readonly number[]): void {
  const { content, about } = ownSecret(run, id);
  keep(run, id, { content, about: { ...about, grants } });
}

function keep(
  run: HookRun,
  id: string,
  secret: { readonly content: Readonly<Record<string, string>>; readonly about: OwnedSecret },
): void {
  const { memory, secrets } = run.work;
  run.work = {
    ...run.work,
    memory: { ...memory, owned: { ...memory.owned, [id]: secret.about } },
    secrets: { ...secrets, [id]: secret.content },
  };
}
