import type { Status } from "@orrery/charm";
import type { HookTools } from "./hook-tools.ts";
import { LONGEST_ARGUMENT } from "./hook-tools.ts";
import { isRecord, recordOf, textsOf } from "./read-answer.ts";
import { yamlSafeJson } from "./yaml-safe-json.ts";

/** Levels of `juju-log`. */
export type LogLevel = "DEBUG" | "INFO" | "WARNING" | "ERROR";

/** Options that were set or have a default, with the types that JSON leaves them. */
export async function readConfig(tools: HookTools): Promise<Readonly<Record<string, unknown>>> {
  return recordOf("config-get", await tools.json({ name: "config-get", args: ["--format=json"] }));
}

/** Whether this unit leads; true holds for 30 s at least. */
export async function isLeader(tools: HookTools): Promise<boolean> {
  return (await tools.json({ name: "is-leader", args: ["--format=json"] })) === true;
}

/** Units that the application is meant to have: all but those that are being removed. */
export async function plannedUnits(tools: HookTools): Promise<readonly string[]> {
  const answer = recordOf("goal-state", await tools.json({ name: "goal-state", args: ["--format=json"] }));
  const units = isRecord(answer["units"]) ? answer["units"] : {};
  return Object.entries(units)
    .filter(([, unit]) => !(isRecord(unit) && unit["status"] === "dying"))
    .map(([name]) => name);
}

/** The address that a binding gives the unit itself; nothing while it has none. */
export async function bindAddress(tools: HookTools, binding: string): Promise<string | undefined> {
  const none = ["no network config found"];
  const answer = await tools.json({ name: "network-get", args: ["--format=json", binding] }, none);
  const network = answer === undefined ? {} : recordOf("network-get", answer);
  const bound = listOf(network["bind-addresses"]).flatMap((one) =>
    isRecord(one) ? listOf(one["addresses"]) : [],
  );
  // On Kubernetes the first entry may be an empty placeholder; agents before 2.9 wrote `address`.
  const values = bound.map((one) => (isRecord(one) ? (one["value"] ?? one["address"]) : undefined));
  return [...values, ...listOf(network["ingress-addresses"])].find(isText);
}

/** Sets the unit's status at once, whatever becomes of the hook. */
export async function setStatus(tools: HookTools, { status, message }: Status): Promise<void> {
  await tools.text({ name: "status-set", args: ["--application=false", status, "--", message] });
}

/** Sets the version that `juju status` shows of the workload. */
export async function setWorkloadVersion(tools: HookTools, version: string): Promise<void> {
  await tools.text({ name: "application-version-set", args: ["--", version] });
}

/** Writes to Juju's log; what is too long for an argument is cut. */
export async function log(tools: HookTools, level: LogLevel, message: string): Promise<void> {
  const bytes = Buffer.from(message);
  const text =
    bytes.length > LONGEST_ARGUMENT ? bytes.subarray(0, LONGEST_ARGUMENT).toString("utf8") : message;
  await tools.text({ name: "juju-log", args: ["--log-level", level, "--", text.replaceAll("\0", "")] });
}

/** Ports that the unit has open, as Juju writes them: `80/tcp`, `8000-8010/udp`, `icmp`. */
export async function openedPorts(tools: HookTools): Promise<readonly string[]> {
  return textsOf("opened-ports", await tools.json({ name: "opened-ports", args: ["--format=json"] }));
}

/** Opens a port. */
export async function openPort(tools: HookTools, port: string): Promise<void> {
  await tools.text({ name: "open-port", args: [port] });
}

/** Closes a port. */
export async function closePort(tools: HookTools, port: string): Promise<void> {
  await tools.text({ name: "close-port", args: [port] });
}

/** What an earlier hook of this unit left under a key; nothing when none did. */
export async function readState(tools: HookTools, key: string): Promise<string | undefined> {
  const answer = await tools.json({ name: "state-get", args: ["--format=json", key] });
  return typeof answer === "string" && answer !== "" ? answer : undefined;
}

/** Leaves something for the next hook, if this one succeeds. */
export async function writeState(tools: HookTools, key: string, text: string): Promise<void> {
  await tools.text({ name: "state-set", args: ["--file", "-"], input: yamlSafeJson({ [key]: text }) });
}

/** Path of a file that the operator attached; nothing where none was, which Juju tells as a failure like any other. */
export async function attachedPath(tools: HookTools, name: string): Promise<string | undefined> {
  const printed = await tools.textIf({ name: "resource-get", args: [name] });
  const path = printed?.trim() ?? "";
  return path === "" ? undefined : path;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
