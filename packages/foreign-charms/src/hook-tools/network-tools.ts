import type { HookRun } from "../hook-run/hook-run.ts";
import { FLAG, TEXT } from "./hook-tool.ts";
import type { HookTool } from "./hook-tool.ts";
import { readPort, sortPorts } from "./port-range.ts";
import { RELATION, relationArgument } from "./relation-argument.ts";
import { ToolError, badArguments } from "./tool-error.ts";

const SELECTIONS = ["bind-address", "ingress-address", "egress-subnets"] as const;

/** Tools about addresses and ports. */
export const networkTools: readonly HookTool[] = [
  {
    name: "network-get",
    summary:
      "the address of the unit, the same for each binding; --primary-address and others alike narrow it",
    usage: "[-r <relation>] [--bind-address] [--ingress-address] [--egress-subnets] <binding>",
    options: {
      ...RELATION,
      "bind-address": FLAG,
      "ingress-address": FLAG,
      "egress-subnets": FLAG,
      "primary-address": FLAG,
    },
    format: "smart",
    effect: "reads",
    run: ({ run, args }) => {
      if (args.texts["r"] !== undefined) relationArgument(run, args);
      const [binding] = args.positional;
      if (binding === undefined) throw badArguments("no arguments specified");
      expectBinding(run, binding);
      const { address } = run.view.network;
      if (args.flags.has("primary-address")) return address;
      const narrowed = {
        "bind-address": address,
        "ingress-address": address,
        "egress-subnets": [subnet(address)],
      };
      const asked = SELECTIONS.filter((one) => args.flags.has(one));
      if (asked.length === 1 && asked[0] !== undefined) return narrowed[asked[0]];
      if (asked.length > 1) return Object.fromEntries(asked.map((one) => [one, narrowed[one]]));
      return {
        "bind-addresses": [
          {
            "mac-address": "00:00:00:00:00:00",
            "interface-name": "lo",
            addresses: [
              { hostname: "", value: address, cidr: address.includes(":") ? "::1/128" : "127.0.0.0/8" },
            ],
          },
        ],
        "egress-subnets": [subnet(address)],
        "ingress-addresses": [address],
      };
    },
  },
  {
    name: "unit-get",
    summary: "the address of the unit; superseded by network-get",
    usage: "<public-address|private-address>",
    options: {},
    format: "smart",
    effect: "reads",
    run: ({ run, args }) => {
      const [name] = args.positional;
      if (name === "public-address" || name === "private-address") return run.view.network.address;
      throw new ToolError(`unknown setting ${JSON.stringify(name ?? "")}`);
    },
  },
  {
    name: "open-port",
    summary: "opens ports: those that the unit is related to may reach them",
    usage: "[--endpoints <list>] <port>[/<tcp|udp>] | <from>-<to>[/<tcp|udp>] | icmp",
    options: { endpoints: TEXT, format: TEXT },
    effect: "when the hook ends well",
    run: ({ run, args }) => {
      const port = readPort(args.positional[0]);
      setPorts(run, [...run.work.memory.ports, port]);
    },
  },
  {
    name: "close-port",
    summary: "closes ports that were opened alike",
    usage: "[--endpoints <list>] <port>[/<tcp|udp>] | <from>-<to>[/<tcp|udp>] | icmp",
    options: { endpoints: TEXT, format: TEXT },
    effect: "when the hook ends well",
    run: ({ run, args }) => {
      const port = readPort(args.positional[0]);
      setPorts(
        run,
        run.work.memory.ports.filter((one) => one !== port),
      );
    },
  },
  {
    name: "opened-ports",
    summary: "the ports that the unit has opened",
    usage: "[--endpoints]",
    options: { endpoints: FLAG },
    format: "smart",
    effect: "reads",
    run: ({ run, args }) => {
      const { ports } = run.work.memory;
      return args.flags.has("endpoints") ? ports.map((port) => `${port} (*)`) : ports;
    },
  },
];

function expectBinding(run: HookRun, binding: string): void {
  const { manifest, extraBindings } = run.metadata;
  if (
    Object.hasOwn(manifest.endpoints, binding) ||
    extraBindings.includes(binding) ||
    binding === "juju-info"
  )
    return;
  throw new ToolError(`no network config found for binding ${JSON.stringify(binding)}`);
}

function subnet(address: string): string {
  return `${address}/${address.includes(":") ? 128 : 32}`;
}

function setPorts(run: HookRun, ports: readonly string[]): void {
  run.work = { ...run.work, memory: { ...run.work.memory, ports: sortPorts(ports) } };
}
