import { createHash } from "node:crypto";
import type { MaterialRequest } from "@orrery/charm";
import { makeMaterial } from "./make-material.ts";
import type { MaterialSource } from "./make-material.ts";

/** The first of January 2026, at noon. */
export const NOON: number = Date.UTC(2026, 0, 1, 12);

/** Bytes that look random and are the same for the same seed. */
export function seeded(seed: number): MaterialSource["random"] {
  let drawn = 0;
  return (bytes) =>
    Buffer.concat(
      Array.from({ length: Math.ceil(bytes / 32) }, () => {
        drawn += 1;
        return createHash("sha256").update(`${seed} ${drawn}`).digest();
      }),
      bytes,
    );
}

/** Makes these materials in the order in which they stand. */
export async function makeAll(
  requests: Readonly<Record<string, MaterialRequest>>,
  from: Partial<MaterialSource> = {},
): Promise<Readonly<Record<string, string>>> {
  const made: Record<string, string> = {};
  const source = { random: seeded(1), now: () => NOON, of: (id: string) => made[id], ...from };
  for (const [id, request] of Object.entries(requests)) made[id] = await makeMaterial(request, source);
  return made;
}
