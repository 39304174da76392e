import { OrreryError } from "@orrery/problems";
import type { ContainerContext, NetworkContext, SecretsContext } from "../definition/context.ts";
import type { Self } from "../definition/endpoint.ts";
import type { View } from "../view/view.ts";

/** Who the unit is, as relation libraries and backends name it. */
export function selfOf(view: View): Self {
  return {
    topology: {
      model: view.model.name,
      modelUuid: view.model.uuid,
      application: view.application,
      unit: view.unit,
      charm: view.charm,
    },
    leader: view.leader,
    network: view.network,
  };
}

/** The unit's network with a way to write addresses. */
export function networkFor(view: View): NetworkContext<Record<string, unknown>> {
  const { address, ports } = view.network;
  return {
    address,
    ports,
    url: (port, scheme = "http") => {
      const host = address.includes(":") ? `[${address}]` : address;
      return `${scheme}://${host}:${ports[port]}`;
    },
  };
}

/** The secrets that the unit may read, by URI and by its own names. */
export function secretsFor({ secrets }: View): SecretsContext {
  return {
    get: (uri) => (Object.hasOwn(secrets, uri) ? secrets[uri] : undefined),
    own: (name) => {
      const found = Object.entries(secrets).find(([, { own }]) => own?.name === name);
      return found && { uri: found[0], ...found[1] };
    },
  };
}

/** The unit's containers with their programs' paths. */
export function containersFor(view: View): Readonly<Record<string, ContainerContext>> {
  return Object.fromEntries(
    Object.entries(view.containers).map(([name, { program, ...container }]) => [
      name,
      {
        ...container,
        program: program.path,
        version: program.version,
        tool: (wanted: string) => {
          const tool = container.tools[wanted];
          if (tool) return tool.path;
          const known = Object.keys(container.tools).join(", ") || "none";
          throw new OrreryError(
            "CHARM_INVALID",
            `tool ${wanted} is not declared for container ${name}: ${known}`,
          );
        },
      },
    ]),
  );
}
