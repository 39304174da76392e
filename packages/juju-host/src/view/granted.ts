import type { SeenRelation } from "./seen-relation.ts";

/**
 * What the other side may have scraped: any port of the addresses at which Juju says that its units are reached.
 *
 * On Kubernetes also the names that the cluster gives to units and applications of the same model, by which the field's charms
 * write addresses. Juju does not tell which ports they opened.
 */
export function grantedBy(
  relation: SeenRelation,
  where: { readonly kubernetes: boolean; readonly namespace: string | undefined },
): readonly string[] {
  const addresses = relation.units.flatMap((unit) => {
    const bag = relation.remoteUnits[unit] ?? {};
    const address = bag["ingress-address"] || bag["private-address"];
    return address ? [address] : [];
  });
  const { kubernetes, namespace } = where;
  const names = kubernetes && namespace !== undefined ? namesOf(relation, namespace) : [];
  return [...new Set([...addresses, ...names])];
}

/** @see juju, Kubernetes: a unit's pod is `<application>-<number>`, behind the service `<application>-endpoints`. */
function namesOf({ application, units }: SeenRelation, namespace: string): readonly string[] {
  const suffix = `${namespace}.svc.cluster.local`;
  const pods = units.map((unit) => `${unit.replace("/", "-")}.${application}-endpoints.${suffix}`);
  return [...pods, `${application}-endpoints.${suffix}`, `${application}.${suffix}`];
}
