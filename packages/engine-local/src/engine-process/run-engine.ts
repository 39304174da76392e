import { performance } from "node:perf_hooks";
import { rmSync } from "node:fs";
import type { EngineCounters, ModelStatus } from "@orrery/engine";
import type { ProgressEvent } from "@orrery/provision";
import { connectEngine } from "../api/connect-engine.ts";
import { engineApi } from "../api/engine-api.ts";
import type { EngineClient, EngineEvent, EngineInfo, StopOptions } from "../api/engine-client.ts";
import { serveSocket } from "../api/serve-socket.ts";
import { openHome } from "../home/engine-home.ts";
import { lockHome } from "../lock/engine-lock.ts";
import { LogFile } from "../log/log-file.ts";
import { LogRing } from "../log/log-ring.ts";
import { EngineMetrics } from "../metrics/engine-metrics.ts";
import { MetricsServer } from "../metrics/serve-metrics.ts";
import { chooseListen, keepListen } from "../network/listen-address.ts";
import { probePort } from "../network/probe-port.ts";
import { endWorkloads } from "./end-workloads.ts";
import type { EngineSettings } from "./engine-settings.ts";
import { workerStart } from "./engine-settings.ts";
import { LastStatus } from "./last-status.ts";
import { RunMarks } from "./run-marks.ts";
import { WorkerHost } from "./worker-host.ts";
import type { WorkerTold } from "./worker-host.ts";

/** How an engine is run in this process. */
export interface RunEngineOptions extends EngineSettings {
  /** Told each step of getting programs. */
  readonly onProgress?: (event: ProgressEvent) => void;
}

/** An engine that runs in this process. Disposing ends it and leaves its workloads running. */
export interface RunningEngine extends AsyncDisposable {
  readonly info: EngineInfo;
  readonly client: EngineClient;
  /** Ends the engine, and its workloads unless they are kept. */
  readonly stop: (options?: StopOptions) => Promise<void>;
  /** Resolves when the engine has ended, whoever asked for it. */
  readonly ended: Promise<void>;
}

/**
 * Runs an engine on a data folder in this process: socket, watchdog and metrics here, everything else in a worker thread.
 *
 * @throws OrreryError `ENGINE_RUNNING`, `HOME_UNUSABLE`, `LISTEN_ADDRESS_UNUSABLE`, `STORE_SCHEMA`, `STORE_FAILED`, `SUPERVISOR_UNAVAILABLE`.
 */
export async function runEngine(options: RunEngineOptions): Promise<RunningEngine> {
  const home = openHome(options.home);
  const startedAt = new Date(performance.timeOrigin + performance.now()).toISOString();
  const listen = await chooseListen(home.network, options.listen, probePort);
  const where = listen === undefined ? {} : { listen };
  const info: EngineInfo = { pid: process.pid, home: home.folder, startedAt, ...where };
  const lock = lockHome(home, startedAt);
  keepListen(home.network, listen);
  const ring = new LogRing();
  const file = new LogFile(home.log);
  const listeners = new Set<(event: EngineEvent) => void>();
  const tellAll = (event: EngineEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const onTold = (message: WorkerTold): void => {
    if (message.tell === "log") {
      const event = ring.write(message.from, message.event);
      // What workloads print has its own, bounded files.
      if (message.from === "engine") file.write(event);
    } else if (message.tell === "changed") {
      lastStatus.note();
      tellAll({ type: "changed" });
    } else if (message.tell === "end") metrics.reconciled(message.ok, message.seconds);
    else if (message.tell === "metrics") serveMetrics(message.address, message.port);
    else if (message.tell === "progress") {
      options.onProgress?.(message.progress.event);
      tellAll({ type: "progress", ...message.progress });
    }
  };
  const marks = new RunMarks(home.marks);
  const start = { ...workerStart({ ...options, home: home.folder }), ...where };
  const worker = new WorkerHost({ start, marks, onTold });
  const lastStatus = new LastStatus({
    ask: async () => (await worker.ask({ method: "status", relations: true })) as ModelStatus,
    doing: () => worker.doing(),
  });
  const metrics = new EngineMetrics(
    {
      status: async () => (await worker.ask({ method: "status", relations: false })) as ModelStatus,
      counters: async () => (await worker.ask({ method: "counters" })) as EngineCounters,
    },
    Date.parse(startedAt) / 1000,
  );
  const metricsServer = new MetricsServer(metrics);
  function serveMetrics(address: string, port: number): void {
    metricsServer.listen(address, port).catch((cause: unknown) => {
      const message = `the engine's metrics cannot be served on ${address}:${port}: ${String(cause)}`;
      file.write(
        ring.write("engine", { time: new Date().toISOString(), level: "WARNING", entity: "engine", message }),
      );
    });
  }
  const ended = Promise.withResolvers<void>();
  let stopping: Promise<void> | undefined;
  const bringDown = async (keepWorkloads: boolean): Promise<void> => {
    await worker.close();
    await metricsServer[Symbol.asyncDispose]();
    if (!keepWorkloads) await endWorkloads(home);
  };
  const leave = async (): Promise<void> => {
    await server?.[Symbol.asyncDispose]();
    rmSync(home.owner, { force: true });
    lock[Symbol.dispose]();
    ended.resolve();
  };
  const api = engineApi({
    info,
    ask: async (call) => await worker.ask(call),
    lastStatus: async () => await lastStatus.read(),
    log: ring,
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async ({ keepWorkloads }) => {
      await (stopping ??= bringDown(keepWorkloads === true));
      // The one who asked is answered before the socket goes.
      setTimeout(() => void leave(), 20);
    },
  });
  let server: AsyncDisposable | undefined;
  const stop = async ({ keepWorkloads }: StopOptions = {}): Promise<void> => {
    const first = stopping === undefined;
    await (stopping ??= bringDown(keepWorkloads === true));
    if (first) await leave();
    else await ended.promise;
  };
  try {
    server = await serveSocket(api, home.socket);
    await worker.ready;
  } catch (cause) {
    await stop({ keepWorkloads: true });
    throw cause;
  }
  const client = await connectEngine({ home: home.folder });
  return {
    info,
    client: { ...client, stop },
    stop,
    ended: ended.promise,
    [Symbol.asyncDispose]: async () => await stop({ keepWorkloads: true }),
  };
}
