import { readFileSync, statSync } from "node:fs";
import type { JujuSecret, JujuState, Texts } from "./juju-state.ts";
import { parseArguments } from "./parse-arguments.ts";
import { ToolFailure } from "./tool-failure.ts";
import { FORMAT, applicationOf, json } from "./tool-handler.ts";
import type { HookUnderWay, ToolHandler } from "./tool-handler.ts";

const KEY = /^[a-z](?:-?[a-z0-9]){2,}$/;
const OWNING = { "--label": "label", "--owner": "owner" };

/** Tools of secrets, with who may do what. Contents must come by files that nobody else may read. @see juju-protocol, Secrets. */
export const secretHandlers: Readonly<Record<string, ToolHandler>> = {
  "secret-ids": ({ pending }, { args }) => {
    const { values } = parseArguments(args, { values: FORMAT, words: [0, 0] });
    const ids = Object.entries(pending.secrets).filter(([, secret]) => owns(pending, secret));
    return json(
      values["format"],
      ids.map(([id]) => id),
    );
  },
  "secret-info-get": ({ pending }, { args }) => {
    const { values, words } = parseArguments(args, { values: FORMAT, words: [1, 1] });
    const { id, secret } = own(pending, words[0]);
    const { revision, label = "", owner } = secret;
    const kind = owner.includes("/") ? "unit" : "application";
    return json(values["format"], { [id]: { revision, label, owner: kind, rotation: "never" } });
  },
  "secret-get": ({ pending }, { args }) => {
    const form = { values: FORMAT, flags: ["--peek", "--refresh"], words: [1, 1] as const };
    const { values, words } = parseArguments(args, form);
    const { secret } = find(pending, words[0]);
    const { owner, grants, content } = secret;
    const readable =
      [pending.unit, applicationOf(pending.unit)].includes(owner) ||
      grants.some((id) => pending.relations[id] !== undefined);
    if (!readable) throw new ToolFailure("permission denied");
    return json(values["format"], content);
  },
  "secret-add": (hook, { args }) => {
    const { values, words } = parseArguments(args, { values: OWNING, words: [1, 100] });
    const { unit, leader, secrets, nextSecret } = hook.pending;
    const { label, owner = "application" } = values;
    if (owner === "application" && !leader) throw new ToolFailure("permission denied: not the leader");
    const owned = owner === "unit" ? unit : applicationOf(unit);
    const taken = Object.values(secrets).some((one) => one.label === label && one.owner === owned);
    if (label === undefined || taken)
      throw new ToolFailure(`secret with label ${JSON.stringify(label)} exists`);
    const id = `s${String(nextSecret).padStart(19, "0")}`;
    const secret: JujuSecret = { content: contentOf(words), revision: 1, label, owner: owned, grants: [] };
    hook.pending = { ...hook.pending, nextSecret: nextSecret + 1, secrets: { ...secrets, [id]: secret } };
    return `secret:${id}\n`;
  },
  "secret-set": (hook, { args }) => {
    const { words } = parseArguments(args, { values: OWNING, words: [2, 100] });
    const [uri, ...pairs] = words;
    const { id, secret } = own(hook.pending, uri);
    keep(hook, id, { ...secret, content: contentOf(pairs), revision: secret.revision + 1 });
    return "";
  },
  "secret-grant": (hook, { args }) => {
    const { id, secret, relation } = granting(hook.pending, args);
    keep(hook, id, { ...secret, grants: [...secret.grants, relation] });
    return "";
  },
  "secret-revoke": (hook, { args }) => {
    const { id, secret, relation } = granting(hook.pending, args);
    keep(hook, id, { ...secret, grants: secret.grants.filter((one) => one !== relation) });
    return "";
  },
  "secret-remove": (hook, { args }) => {
    const { values, words } = parseArguments(args, { values: { "--revision": "revision" }, words: [1, 1] });
    const { id } = own(hook.pending, words[0]);
    // Which revisions are left is not modelled: the newest always is.
    if (values["revision"] !== undefined) return "";
    const { [id]: _gone, ...secrets } = hook.pending.secrets;
    hook.pending = { ...hook.pending, secrets };
    return "";
  },
};

interface Found {
  readonly id: string;
  readonly secret: JujuSecret;
}

function find({ secrets }: JujuState, uri: string = ""): Found {
  const id = uri.slice(Math.max(uri.lastIndexOf("/"), uri.lastIndexOf(":")) + 1);
  const secret = secrets[id];
  if (!secret) throw new ToolFailure(`secret ${JSON.stringify(id)} not found`);
  return { id, secret };
}

function own(state: JujuState, uri: string | undefined): Found {
  const found = find(state, uri);
  if (!owns(state, found.secret)) throw new ToolFailure("permission denied");
  return found;
}

function owns({ unit, leader }: JujuState, { owner }: JujuSecret): boolean {
  return owner === unit || (leader && owner === applicationOf(unit));
}

function granting(state: JujuState, args: readonly string[]): Found & { readonly relation: number } {
  const { values, words } = parseArguments(args, { values: { "--relation": "relation" }, words: [1, 1] });
  const relation = Number(values["relation"]);
  if (!state.relations[relation]) throw new ToolFailure("relation not found", 2);
  return { ...own(state, words[0]), relation };
}

function keep(hook: HookUnderWay, id: string, secret: JujuSecret): void {
  hook.pending = { ...hook.pending, secrets: { ...hook.pending.secrets, [id]: secret } };
}

function contentOf(pairs: readonly string[]): Texts {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, key = "", path = ""] = /^([^#=]+)#file=(.+)$/.exec(pair) ?? [];
      if (!KEY.test(key))
        throw new ToolFailure(`content of a secret in an argument, or a key of no known form`);
      if ((statSync(path).mode & 0o077) !== 0) throw new ToolFailure(`others may read the file of ${key}`);
      return [key, readFileSync(path, "utf8")];
    }),
  );
}
