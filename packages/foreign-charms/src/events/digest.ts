import { createHash } from "node:crypto";
import type { Bag, View } from "@orrery/charm";

/** 16 hexadecimal digits that tell one content of a bag from another. */
export function bagDigest(bag: Bag): string {
  return digest(Object.entries(bag).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The digest of a bag into which nobody has written. */
export const EMPTY_BAG: string = bagDigest({});

/** Tells one set of what `config-changed` is about from another: options and the unit's address. */
export function settingsDigest(view: Pick<View, "config" | "network">): string {
  const options = Object.entries(view.config).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return digest([options, view.network.address]);
}

function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
}
