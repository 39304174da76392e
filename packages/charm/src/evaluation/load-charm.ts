import { OrreryError } from "@orrery/problems";
import { resolveDeclaration } from "@orrery/telemetry";
import type { Assets, ResolvedTelemetry } from "@orrery/telemetry";
import type { CharmDefinition } from "../definition/charm-definition.ts";
import type { ConfigOption, ConfigSchema } from "../definition/config.ts";
import type { Endpoints } from "../definition/endpoint.ts";
import type { ContainerSpec, Manifest, PortSpec } from "../definition/manifest.ts";
import type { LoadedCharm } from "./charm-session.ts";
import { Session } from "./session.ts";

/** Gives a definition its texts. @throws OrreryError `CHARM_INVALID` when a marked folder is missing among them. */
export function loadCharm<
  Config extends ConfigSchema,
  Ports extends Readonly<Record<string, PortSpec>>,
  Containers extends Readonly<Record<string, ContainerSpec>>,
  Ends extends Endpoints,
>(definition: CharmDefinition<Config, Ports, Containers, Ends>, assets: Assets): LoadedCharm {
  const resolved = definition.telemetry ? resolveDeclaration(definition.telemetry, assets) : undefined;
  const config = mergeOptions(definition.config ?? {}, resolved);
  const manifest: Manifest = {
    name: definition.name,
    summary: definition.summary ?? "",
    endpoints: Object.fromEntries(
      Object.entries(definition.endpoints ?? {}).map(([name, end]) => [
        name,
        {
          role: end.role,
          interface: end.interface,
          ...(end.limit === undefined ? {} : { limit: end.limit }),
          ...(end.optional === undefined ? {} : { optional: end.optional }),
          ...(end.description === undefined ? {} : { description: end.description }),
        },
      ]),
    ),
    config,
    ports: definition.ports ?? {},
    containers: definition.containers ?? {},
    actions: Object.fromEntries(
      Object.entries(definition.actions ?? {}).map(([name, { run: _run, ...told }]) => [name, told]),
    ),
    assets: Object.keys(assets),
  };
  return {
    manifest,
    problems: resolved?.problems ?? [],
    session: () => new Session(definition, resolved),
    act: async ({ action, view, params }, tools) => {
      const found = definition.actions?.[action];
      if (!found) {
        const known = Object.keys(definition.actions ?? {}).join(", ") || "none";
        throw new OrreryError(
          "CHARM_INVALID",
          `action ${action} is not one of ${definition.name}'s: ${known}`,
        );
      }
      return await found.run(view, params, tools);
    },
  };
}

/** Rule parameters become options of the charm, so that operators tune them where they tune everything. */
function mergeOptions(own: ConfigSchema, resolved: ResolvedTelemetry | undefined): ConfigSchema {
  const derived: Record<string, ConfigOption> = {};
  for (const { name, ...option } of resolved?.options ?? []) {
    if (Object.hasOwn(own, name)) {
      throw new OrreryError("CHARM_INVALID", `option ${name} is both the charm's own and a rule's parameter`);
    }
    derived[name] = option;
  }
  return { ...own, ...derived };
}
