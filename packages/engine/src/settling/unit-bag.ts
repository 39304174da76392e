import type { Bag } from "@orrery/charm";

const seen = new WeakMap<Bag, Map<string, Bag>>();

/**
 * A unit's bag as it is seen: what the unit wrote, and what Juju itself writes into every unit's bag, its address. A unit that has no place
 * yet has none.
 *
 * The same content and address give the same object, so that what was decoded of it stands.
 * @see juju, `apiserver/common/networkingcommon` and `worker/uniter`: keys of a unit that enters a relation.
 */
export function unitBag(content: Bag, address: string | undefined): Bag {
  if (address === undefined) return content;
  const known = seen.get(content) ?? new Map<string, Bag>();
  seen.set(content, known);
  const found = known.get(address) ?? { ...addressKeys(address), ...content };
  known.set(address, found);
  return found;
}

function addressKeys(address: string): Bag {
  return {
    "egress-subnets": `${address}/${address.includes(":") ? 128 : 32}`,
    "ingress-address": address,
    "private-address": address,
  };
}
