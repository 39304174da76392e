import type {
  ApplicationConfig,
  CommandResult,
  DisconnectPlan,
  EngineCounters,
  ExternalPlan,
  LogEvent,
  ModelStatus,
  ReportedProblem,
  ShownSecrets,
  ShownUnit,
  UnitExpectations,
} from "@orrery/engine";
import { engineHome } from "../home/engine-home.ts";
import { waitUntil } from "../pace/wait-until.ts";
import { isAlive } from "../services/processes.ts";
import type { EngineClient, EngineEvent, EngineInfo } from "./engine-client.ts";
import { askSocket, followSocket } from "./socket-request.ts";

/** Whom to connect to. */
export interface ConnectOptions {
  /** The data folder; see `defaultHome`. */
  readonly home: string;
}

const ENDS_WITHIN_MS = 10_000;

/**
 * Connects to the engine of a data folder.
 *
 * @throws OrreryError `ENGINE_NOT_RUNNING` when none answers.
 */
export async function connectEngine({ home }: ConnectOptions): Promise<EngineClient> {
  const { socket } = engineHome(home);
  // Both ends are of one version: what the engine answers has the form that its reports declare.
  const get = async <Value>(path: string): Promise<Value> =>
    (await askSocket(socket, { method: "GET", path })) as Value;
  const ping = async (): Promise<EngineInfo> => await get("/v1/ping");
  const { pid } = await ping();
  return {
    ping,
    command: async (command) =>
      (await askSocket(socket, {
        method: "POST",
        path: command.command === "run" ? "/v1/actions" : "/v1/commands",
        body: command,
      })) as CommandResult,
    status: async ({ relations, orLast } = {}) => {
      const asked = [...(relations === true ? ["relations"] : []), ...(orLast === true ? ["last"] : [])];
      return await get<ModelStatus>(`/v1/status?${asked.join("&")}`);
    },
    unit: async (name) =>
      await get<ShownUnit>(`/v1/units/${name.split("/").map(encodeURIComponent).join("/")}`),
    config: async (name) => await get<ApplicationConfig>(`/v1/config/${encodeURIComponent(name)}`),
    secrets: async () => await get<ShownSecrets>("/v1/secrets"),
    secret: async (secret, options = {}) =>
      await get<ShownSecrets>(
        `/v1/secrets/${encodeURIComponent(secret)}${options.reveal === true ? "?reveal" : ""}`,
      ),
    plan: async (application) => await get<ExternalPlan>(`/v1/plan${query({ application })}`),
    planDisconnect: async (application) =>
      await get<DisconnectPlan>(`/v1/disconnect-plan${query({ application })}`),
    getExternal: async (application, url) =>
      await get<{ readonly status: number; readonly body: string }>(
        `/v1/external${query({ application, url })}`,
      ),
    expectations: async () => await get<readonly UnitExpectations[]>("/v1/expectations"),
    problems: async () => await get<readonly ReportedProblem[]>("/v1/problems"),
    counters: async () => await get<EngineCounters>("/v1/counters"),
    async *log({ follow, signal, ...query }) {
      const wanted = Object.entries({ ...query, ...(follow === true ? { follow } : {}) });
      const search = new URLSearchParams(
        wanted.map(([name, value]): [string, string] => [name, String(value)]),
      );
      const lines = followSocket(socket, {
        method: "GET",
        path: `/v1/log?${search.toString()}`,
        ...(signal ? { signal } : {}),
      });
      for await (const line of lines) if (line !== "") yield JSON.parse(line) as LogEvent;
    },
    async *changes(signal) {
      for await (const line of followSocket(socket, { method: "GET", path: "/v1/events", signal })) {
        if (line.startsWith("data: ")) yield JSON.parse(line.slice("data: ".length)) as EngineEvent;
      }
    },
    stop: async (options = {}) => {
      await askSocket(socket, { method: "POST", path: "/v1/stop", body: options });
      await waitUntil(() => !isAlive(pid) || pid === process.pid, { withinMs: ENDS_WITHIN_MS });
    },
  };
}

function query(given: Readonly<Record<string, string | undefined>>): string {
  const named = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  );
  return named.length === 0 ? "" : `?${new URLSearchParams(named).toString()}`;
}
