import type { Manifest, Outcome } from "@orrery/charm";
import type { HookTools } from "../tools/hook-tools.ts";
import { closePort, openPort } from "../tools/unit-tools.ts";

/** Opens the charm's named ports and those that it asked for beside them, and closes all others. */
export async function setPorts(
  tools: HookTools,
  manifest: Manifest,
  { opened, wanted }: { readonly opened: readonly string[]; readonly wanted: Outcome["openedPorts"] },
): Promise<void> {
  const named = Object.values(manifest.ports).map(({ prefer }) => `${prefer}/tcp`);
  const open = new Set([...named, ...wanted]);
  // Juju leaves the protocol out where it is the usual one.
  const before = new Set(opened.map((port) => (/^[\d-]+$/.test(port) ? `${port}/tcp` : port)));
  for (const port of before) if (!open.has(port)) await closePort(tools, port);
  for (const port of open) if (!before.has(port)) await openPort(tools, port);
}
