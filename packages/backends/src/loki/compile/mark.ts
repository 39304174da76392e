import { sha256 } from "../../judging/rejections.ts";

/**
 * A setting that nothing depends on, named by the content: Loki shows which configuration it has.
 *
 * It is the name of a cluster that a Loki which runs alone never joins.
 */
export function mark(content: unknown): { readonly cluster_label: string } {
  return { cluster_label: `orrery-loaded-${sha256(JSON.stringify(content))}` };
}
