/** Keys that Juju itself puts into every unit's bag; they are never part of an interface. */
const JUJU_KEYS = ["egress-subnets", "ingress-address", "private-address"] as const;

/** Gives a bag as an interface sees it: without Juju's own keys and without empty texts. */
export function interfaceBag(bag: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(bag).filter(([key, text]) => text !== "" && !JUJU_KEYS.some((own) => own === key)),
  );
}
