import type { FilesShare } from "@orrery/backends/prometheus-files";
import type { ExternalObject, ExternalView, Status } from "@orrery/charm";
import { active, blocked, contentDigest, waiting } from "@orrery/charm";
import { counted } from "@orrery/problems";

/** Says in a line how the server is, and what waits to be applied to it. */
export function summarise(
  found: ExternalView | undefined,
  share: FilesShare | undefined,
  digests: Readonly<Record<string, string>>,
): Status {
  const against = found?.problems.find(({ severity }) => severity === "error");
  if (!found?.known || !share) return waiting(against ? against.message : "to look at the server");
  if (against) return blocked(`${against.message}: see \`orrery plan\``);
  const { objects } = found;
  const drifted = Object.values(objects).filter(({ state }) => state === "drifted").length;
  if (drifted > 0)
    return blocked(`${counted(drifted, "file")} changed by somebody else: see \`orrery plan\``);
  const keys = new Set([...Object.keys(objects), ...Object.keys(digests)]);
  const differing = [...keys].filter((key) => objects[key]?.digest !== digests[key]).length;
  if (differing > 0) return waiting(`for \`orrery apply\`: ${counted(differing, "change")}`);
  const open = Object.values(objects).filter(({ state }) => state !== "live").length;
  if (open > 0) return waiting(`for the server to report ${counted(open, "file")}`);
  const targets = share.expectations.filter(({ kind }) => kind === "target").length;
  const adopted = share.adopted === 0 ? "" : ` (${share.adopted} adopted)`;
  const lost = share.losses.filter(({ severity }) => severity === "error").length;
  const told = lost === 0 ? "" : `, ${lost} not carried: see \`orrery plan\``;
  return active(`${counted(targets, "target")}${adopted}, ${counted(share.rules, "rule")}${told}`);
}

/** Digests of objects' contents by key. */
export function digestsOf(
  objects: Readonly<Record<string, ExternalObject>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(objects).map(([key, { content }]) => [key, contentDigest(content)]),
  );
}
