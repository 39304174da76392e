import type { View } from "@orrery/charm";
import type { Work } from "./work.ts";

/**
 * The view as it will be once the engine has taken a unit's work in: among peers, the bag that the leader writes for all is the one that
 * every unit reads, the leader too.
 */
export function withOwnWrites(view: View, { bags }: Pick<Work, "bags">): View {
  if (!view.leader || Object.keys(bags).length === 0) return view;
  const relations = view.relations.map((relation) => {
    const written = bags[String(relation.id)]?.application;
    if (relation.application !== view.application || !written) return relation;
    return { ...relation, bags: { ...relation.bags, remoteApplication: written } };
  });
  return { ...view, relations };
}
