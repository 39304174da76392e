import { sha256 } from "../../judging/rejections.ts";

const MARK = "orrery-loaded-";

/** A receiver that nothing is routed to and that is named by the content: Alertmanager shows which it has. */
export function mark(content: unknown): { readonly name: string } {
  return { name: `${MARK}${sha256(JSON.stringify(content))}` };
}

/** Says whether a receiver's name marks a content. */
export function isMark(name: string): boolean {
  return name.startsWith(MARK);
}
