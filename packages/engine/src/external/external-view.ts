import type { ExternalView } from "@orrery/charm";
import { problem } from "@orrery/problems";
import type { Core } from "../core.ts";
import { externalKey } from "./external-record.ts";

/** What a unit sees of a foreign system. */
export function externalView(core: Core, application: string, name: string): ExternalView {
  const key = externalKey(application, name);
  if (!core.around.foreign) {
    const message = `foreign system ${name} is not reached by this host`;
    return { known: false, problems: [problem("EXTERNAL_UNSUPPORTED", { message, severity: "warning" })] };
  }
  const record = core.db.external.get(key);
  const runtime = core.externals.get(key);
  const problems = runtime?.problems ?? [];
  if (record?.capabilities === undefined) return { known: false, problems };
  const objects = Object.entries(record.applied).map(
    ([object, { digest }]) => [object, { digest, state: runtime?.states[object] ?? "pending" }] as const,
  );
  return { known: true, capabilities: record.capabilities, objects: Object.fromEntries(objects), problems };
}
