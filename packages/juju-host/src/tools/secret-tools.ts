import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HookTools } from "./hook-tools.ts";
import { bagOf, isRecord, recordOf, textsOf } from "./read-answer.ts";

/** A secret's content: texts by key. */
export type SecretContent = Readonly<Record<string, string>>;

/** What the owner of a secret is told of it. */
export interface SecretInfo {
  /** `secret:` and its id. */
  readonly uri: string;
  readonly label: string;
  readonly revision: number;
  readonly owner: "application" | "unit";
}

/** How a new secret is kept. */
export interface NewSecret {
  readonly label: string;
  readonly owner: "application" | "unit";
  readonly content: SecretContent;
}

const NOT_OURS = ["not found", "permission denied"];

/** Ids of the secrets that the unit owns, and of its application's where it leads. */
export async function ownSecretIds(tools: HookTools): Promise<readonly string[]> {
  return textsOf("secret-ids", await tools.json({ name: "secret-ids", args: ["--format=json"] }));
}

/** What Juju tells of an own secret; nothing when it is not one. */
export async function secretInfo(tools: HookTools, id: string): Promise<SecretInfo | undefined> {
  const args = ["--format=json", uriOf(id)];
  const answer = await tools.json({ name: "secret-info-get", args }, NOT_OURS);
  const [info] = answer === undefined ? [] : Object.values(recordOf("secret-info-get", answer));
  if (!isRecord(info)) return undefined;
  return {
    uri: uriOf(id),
    label: typeof info["label"] === "string" ? info["label"] : "",
    revision: Number(info["revision"] ?? 1),
    owner: info["owner"] === "unit" ? "unit" : "application",
  };
}

/** Reads the newest content of a secret that somebody granted, and of an own one; nothing when it may not be read, or is gone. */
export async function readSecret(
  tools: HookTools,
  uri: string,
  how: "--peek" | "--refresh",
): Promise<SecretContent | undefined> {
  const answer = await tools.json({ name: "secret-get", args: ["--format=json", uri, how] }, NOT_OURS);
  return answer === undefined ? undefined : bagOf("secret-get", answer);
}

/** Makes a secret and gives its URI; it is there once the hook has succeeded. */
export async function addSecret(tools: HookTools, { label, owner, content }: NewSecret): Promise<string> {
  const printed = await withFiles(content, (pairs) =>
    tools.text({ name: "secret-add", args: ["--label", label, "--owner", owner, ...pairs] }),
  );
  return printed.trim();
}

/** Makes a new revision of a secret. */
export async function setSecret(
  tools: HookTools,
  { uri, owner }: Pick<SecretInfo, "uri" | "owner">,
  content: SecretContent,
): Promise<void> {
  await withFiles(content, (pairs) =>
    tools.text({ name: "secret-set", args: ["--owner", owner, uri, ...pairs] }),
  );
}

/** Lets the other side of a relation read a secret. */
export async function grantSecret(tools: HookTools, uri: string, relation: number): Promise<void> {
  await tools.text({ name: "secret-grant", args: ["--relation", String(relation), uri] });
}

/** Takes that back. */
export async function revokeSecret(tools: HookTools, uri: string, relation: number): Promise<void> {
  await tools.text({ name: "secret-revoke", args: ["--relation", String(relation), uri] });
}

/** Removes a secret, or one revision of it. */
export async function removeSecret(tools: HookTools, uri: string, revision?: number): Promise<void> {
  const which = revision === undefined ? [] : ["--revision", String(revision)];
  await tools.text({ name: "secret-remove", args: [uri, ...which] });
}

/** Gives a content to a tool by files that nobody else may read: arguments can be seen by every process of the machine. */
async function withFiles<Result>(
  content: SecretContent,
  use: (pairs: readonly string[]) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "orrery-secret-"));
  try {
    const pairs: string[] = [];
    for (const [key, text] of Object.entries(content)) {
      const path = join(folder, key);
      await writeFile(path, text, { mode: 0o600 });
      pairs.push(`${key}#file=${path}`);
    }
    return await use(pairs);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function uriOf(id: string): string {
  return id.startsWith("secret:") ? id : `secret:${id}`;
}
