import type { Bag } from "@orrery/charm";
import type { HookTools } from "./hook-tools.ts";
import { bagOf, textsOf } from "./read-answer.ts";
import { yamlSafeJson } from "./yaml-safe-json.ts";

/** A relation as hook tools are told of it: with its endpoint, so that an id of another endpoint is noticed. */
export interface RelationName {
  readonly endpoint: string;
  readonly id: number;
}

/** Whose bag: a unit, or an application. */
export interface BagOwner {
  readonly name: string;
  readonly kind: "unit" | "application";
}

const GONE = ["relation not found"];

/** Ids of an endpoint's relations, the one that is being broken among them. @see juju-protocol, `relation-ids`. */
export async function relationIds(tools: HookTools, endpoint: string): Promise<readonly number[]> {
  const answer = await tools.json({ name: "relation-ids", args: [endpoint, "--format=json"] });
  return textsOf("relation-ids", answer).map((text) => Number(text.slice(text.lastIndexOf(":") + 1)));
}

/** Units of the other side, or of the own application for a peer relation; nothing when the relation is gone. */
export async function relationUnits(
  tools: HookTools,
  relation: RelationName,
): Promise<readonly string[] | undefined> {
  const args = ["--format=json", "-r", nameOf(relation)];
  const answer = await tools.json({ name: "relation-list", args }, GONE);
  return answer === undefined ? undefined : textsOf("relation-list", answer);
}

/** The application of the other side; nothing when Juju does not know it any more. */
export async function relationApplication(
  tools: HookTools,
  relation: RelationName,
): Promise<string | undefined> {
  const args = ["--format=json", "--app", "-r", nameOf(relation)];
  const answer = await tools.json({ name: "relation-list", args }, GONE);
  return typeof answer === "string" && answer !== "" ? answer : undefined;
}

/** The model of the other side; Juju tells it from 3.6.2 on. */
export async function relationModel(tools: HookTools, relation: RelationName): Promise<string | undefined> {
  const args = ["--format=json", "-r", nameOf(relation)];
  const answer = await tools.json({ name: "relation-model-get", args }, GONE);
  const uuid = typeof answer === "object" && answer !== null && "uuid" in answer ? answer.uuid : undefined;
  return typeof uuid === "string" && uuid !== "" ? uuid : undefined;
}

/** What somebody wrote; empty when the relation is gone. */
export async function readBag(tools: HookTools, relation: RelationName, owner: BagOwner): Promise<Bag> {
  const app = owner.kind === "application" ? ["--app"] : [];
  const args = ["--format=json", "-r", nameOf(relation), ...app, "-", owner.name];
  const answer = await tools.json({ name: "relation-get", args }, GONE);
  return answer === undefined ? {} : bagOf("relation-get", answer);
}

/** Writes keys of an own bag; an empty text removes its key. */
export async function writeBag(
  tools: HookTools,
  relation: RelationName,
  { kind, changes }: { readonly kind: BagOwner["kind"]; readonly changes: Bag },
): Promise<void> {
  const app = kind === "application" ? ["--app"] : [];
  const args = ["-r", nameOf(relation), ...app, "--file", "-"];
  await tools.text({ name: "relation-set", args, input: yamlSafeJson(changes) });
}

function nameOf({ endpoint, id }: RelationName): string {
  return `${endpoint}:${id}`;
}
