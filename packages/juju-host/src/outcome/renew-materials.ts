import type { MaterialRequest } from "@orrery/charm";
import { problem } from "@orrery/problems";
import type { Problem } from "@orrery/problems";

/** A material as it is kept: plain JSON, of which the host looks at its values alone. They are secrets. */
export interface KeptMaterial {
  readonly request: MaterialRequest;
  readonly current: string;
  readonly previous?: string;
}

/** Materials by what a charm asks for now. */
export interface Renewed {
  /** Each as it was, the same object, when nothing calls for another. */
  readonly generations: ReadonlyMap<string, KeptMaterial>;
  readonly problems: readonly Problem[];
}

/** Makes what is asked for and not there yet, and new generations. */
export type RenewMaterials = (
  requests: Readonly<Record<string, MaterialRequest>>,
  kept: ReadonlyMap<string, KeptMaterial>,
) => Promise<Renewed>;

/** Makes nothing and says so. */
export const noMaterials: RenewMaterials = async (requests, kept) => ({
  generations: new Map([...kept].filter(([id]) => Object.hasOwn(requests, id))),
  problems: Object.keys(requests)
    .filter((id) => !kept.has(id))
    .map((item) =>
      problem("MATERIAL_UNAVAILABLE", { message: `material ${item} is not made here`, origin: { item } }),
    ),
});
