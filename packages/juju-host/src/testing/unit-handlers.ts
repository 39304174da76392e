import { parseArguments } from "./parse-arguments.ts";
import { readFile } from "./relation-handlers.ts";
import { ToolFailure } from "./tool-failure.ts";
import { FORMAT, json } from "./tool-handler.ts";
import type { ToolHandler } from "./tool-handler.ts";

const STATUSES = ["active", "blocked", "maintenance", "waiting"];
const PORT = /^(?:icmp|(\d{1,5})(?:-(\d{1,5}))?\/(?:tcp|udp))$/;

/** Tools of the unit itself: options, leadership, network, ports, status, log and state. */
export const unitHandlers: Readonly<Record<string, ToolHandler>> = {
  "config-get": ({ pending }, { args }) =>
    json(parseArguments(args, { values: FORMAT, words: [0, 0] }).values["format"], pending.config),
  "is-leader": ({ pending }, { args }) =>
    json(parseArguments(args, { values: FORMAT, words: [0, 0] }).values["format"], pending.leader),
  "goal-state": ({ pending }, { args }) => {
    const { values } = parseArguments(args, { values: FORMAT, words: [0, 0] });
    const since = "2026-01-04 06:29:46Z";
    const units = Object.entries(pending.units).map(([name, status]) => [name, { status, since }]);
    return json(values["format"], { units: Object.fromEntries(units), relations: {} });
  },
  "network-get": ({ pending }, { args }) => {
    const { values, words } = parseArguments(args, { values: FORMAT, words: [1, 1] });
    const [binding = ""] = words;
    if (binding !== "juju-info" && !pending.endpoints.includes(binding)) {
      throw new ToolFailure(`no network config found for binding "${binding}"`);
    }
    if (pending.address === "") return json(values["format"], {});
    const address = { hostname: "", value: pending.address, cidr: `${pending.address}/32` };
    return json(values["format"], {
      "bind-addresses": [{ "mac-address": "", "interface-name": "eth0", addresses: [address] }],
      "egress-subnets": [`${pending.address}/32`],
      "ingress-addresses": [pending.address],
    });
  },
  "status-set": ({ effects }, { args }) => {
    const { flags, words } = parseArguments(args, { flags: ["--application"], words: [2, 2] });
    const [status = "", message = ""] = words;
    if (flags.has("--application"))
      throw new ToolFailure("the application's status is not the charm's to set");
    if (!STATUSES.includes(status)) {
      throw new ToolFailure(`invalid status "${status}", expected one of [${STATUSES.join(" ")}]`);
    }
    effects.status = { status, message };
    return "";
  },
  "application-version-set": ({ effects }, { args }) => {
    [effects.workloadVersion] = parseArguments(args, { words: [1, 1] }).words;
    return "";
  },
  "juju-log": ({ effects }, { args }) => {
    const { values, words } = parseArguments(args, { values: { "--log-level": "level" }, words: [1, 1] });
    const { level = "INFO" } = values;
    if (!["TRACE", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"].includes(level)) {
      throw new ToolFailure(`log level ${level} is not known`, 2);
    }
    effects.log.push({ level, message: words[0] ?? "" });
    return "";
  },
  "opened-ports": ({ pending }, { args }) =>
    json(parseArguments(args, { values: FORMAT, words: [0, 0] }).values["format"], pending.ports),
  "open-port": (hook, { args }) => {
    const port = portOf(args);
    if (hook.pending.ports.includes(port)) throw new ToolFailure(`port ${port} is open already`);
    hook.pending = { ...hook.pending, ports: [...hook.pending.ports, port].toSorted() };
    return "";
  },
  "close-port": (hook, { args }) => {
    const port = portOf(args);
    if (!hook.pending.ports.includes(port)) throw new ToolFailure(`port ${port} is not open`);
    hook.pending = { ...hook.pending, ports: hook.pending.ports.filter((one) => one !== port) };
    return "";
  },
  "state-get": ({ pending }, { args }) => {
    const { values, words } = parseArguments(args, { values: FORMAT, words: [1, 1] });
    return json(values["format"], pending.state[words[0] ?? ""] ?? null);
  },
  "state-set": (hook, call) => {
    const { values } = parseArguments(call.args, { values: { "--file": "file" }, words: [0, 0] });
    if (values["file"] !== "-") throw new ToolFailure("contents come by standard input", 2);
    hook.pending = { ...hook.pending, state: { ...hook.pending.state, ...readFile(call) } };
    return "";
  },
  "resource-get": ({ pending }, { args }) => {
    const [name = ""] = parseArguments(args, { words: [1, 1] }).words;
    const path = pending.resources[name];
    if (path === undefined)
      throw new ToolFailure(`could not download resource: resource "${name}" not found`);
    return path;
  },
};

function portOf(args: readonly string[]): string {
  const [port = ""] = parseArguments(args, { words: [1, 1] }).words;
  const bounds = PORT.exec(port);
  if (
    !bounds ||
    bounds.slice(1).some((one) => one !== undefined && (Number(one) < 1 || Number(one) > 65535))
  ) {
    throw new ToolFailure(`invalid port ${JSON.stringify(port)}`);
  }
  return port;
}
