import { isDeepStrictEqual } from "node:util";
import type { Outcome } from "@orrery/charm";
import { renewMaterials } from "@orrery/materials";
import type { MaterialGeneration, MaterialMaking } from "@orrery/materials";
import type { Problem } from "@orrery/problems";
import type { HookTools } from "../tools/hook-tools.ts";
import { isRecord } from "../tools/read-answer.ts";
import type { SecretContent } from "../tools/secret-tools.ts";
import { addSecret, removeSecret, setSecret } from "../tools/secret-tools.ts";
import { materialId, materialLabel } from "../view/own-secrets.ts";
import type { OwnSecret } from "../view/own-secrets.ts";

/** Which key of a secret holds what is known of a material beside its values, as JSON. */
const ABOUT = "about";

/** Materials that the unit keeps as secrets of its own; one that cannot be read is made anew. */
export function keptMaterials(secrets: readonly OwnSecret[]): ReadonlyMap<string, MaterialGeneration> {
  return new Map(
    secrets.flatMap(({ label, owner, content }): [string, MaterialGeneration][] => {
      const id = materialId(label);
      const kept = id === undefined || owner !== "unit" ? undefined : readMaterial(content);
      return id !== undefined && kept ? [[id, kept]] : [];
    }),
  );
}

/** What keeping materials takes. */
export interface MaterialKeeping {
  readonly tools: HookTools;
  /** Randomness, time, and what the unit has. */
  readonly making: MaterialMaking;
  readonly ownSecrets: readonly OwnSecret[];
}

/** What a unit has then. */
export interface KeptMaterials {
  readonly materials: ReadonlyMap<string, MaterialGeneration>;
  readonly problems: readonly Problem[];
  /** All its secrets, those of materials among them. */
  readonly ownSecrets: readonly OwnSecret[];
}

/** Has materials made that the charm asks for, keeps them as secrets of the unit, and lets those go that it no longer asks for. */
export async function keepMaterials(
  requests: Outcome["materials"],
  { tools, making, ownSecrets }: MaterialKeeping,
): Promise<KeptMaterials> {
  const { generations, problems } = await renewMaterials(requests, making);
  const secrets = new Map(ownSecrets.map((secret) => [secret.label, secret]));
  for (const [id, material] of generations) {
    const before = making.kept.get(id);
    if (before && isDeepStrictEqual(before, material)) continue;
    const [label, content, owner] = [materialLabel(id), writeMaterial(material), "unit" as const];
    const known = secrets.get(label);
    if (known) await setSecret(tools, known, content);
    const uri = known?.uri ?? (await addSecret(tools, { label, owner, content }));
    secrets.set(label, { uri, label, owner, content, revision: (known?.revision ?? 0) + 1 });
  }
  for (const { label, uri } of ownSecrets) {
    const id = materialId(label);
    if (id === undefined || generations.has(id)) continue;
    await removeSecret(tools, uri);
    secrets.delete(label);
  }
  return { materials: generations, problems, ownSecrets: [...secrets.values()] };
}

function writeMaterial({ current, previous, ...about }: MaterialGeneration): SecretContent {
  return { current, ...(previous === undefined ? {} : { previous }), [ABOUT]: JSON.stringify(about) };
}

function readMaterial(content: SecretContent): MaterialGeneration | undefined {
  const { current, previous } = content;
  const about: unknown = parse(content[ABOUT] ?? "");
  if (current === undefined || !isAbout(about)) return undefined;
  return { ...about, current, ...(previous === undefined ? {} : { previous }) };
}

/** It was written by {@link writeMaterial} from a request that was valid. */
function isAbout(value: unknown): value is Omit<MaterialGeneration, "current" | "previous"> {
  return (
    isRecord(value) &&
    isRecord(value["request"]) &&
    isRecord(value["madeFrom"]) &&
    typeof value["since"] === "string"
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
