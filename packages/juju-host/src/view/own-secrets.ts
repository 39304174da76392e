import type { HookTools } from "../tools/hook-tools.ts";
import type { SecretContent, SecretInfo } from "../tools/secret-tools.ts";
import { ownSecretIds, readSecret, secretInfo } from "../tools/secret-tools.ts";

/** A secret that this unit or its application made. */
export interface OwnSecret extends SecretInfo {
  readonly content: SecretContent;
}

/** Labels of the secrets that charms ask for begin with this, those of materials with the other: they share Juju's one space of labels. */
const SECRET = "secret-";
const MATERIAL = "material-";

/** The label of a secret by the name that the charm gave it. */
export function secretLabel(name: string): string {
  return `${SECRET}${name}`;
}

/** The label of a material by its id. */
export function materialLabel(id: string): string {
  return `${MATERIAL}${id}`;
}

/** The name that the charm gave a secret; nothing for what is none of its secrets. */
export function secretName(label: string): string | undefined {
  return label.startsWith(SECRET) ? label.slice(SECRET.length) : undefined;
}

/** The id of a material; nothing for what is none. */
export function materialId(label: string): string | undefined {
  return label.startsWith(MATERIAL) ? label.slice(MATERIAL.length) : undefined;
}

/** Reads the secrets that the unit owns, and its application's where it leads. Nobody else's labels are looked at. */
export async function readOwnSecrets(tools: HookTools): Promise<readonly OwnSecret[]> {
  const found: OwnSecret[] = [];
  for (const id of await ownSecretIds(tools)) {
    const info = await secretInfo(tools, id);
    if (!info || (secretName(info.label) === undefined && materialId(info.label) === undefined)) continue;
    // Looking at the newest content without moving to it writes nothing.
    const content = await readSecret(tools, info.uri, "--peek");
    if (content) found.push({ ...info, content });
  }
  return found;
}
