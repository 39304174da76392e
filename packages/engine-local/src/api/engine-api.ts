import { readCommand } from "@orrery/engine";
import type { LogEvent, LogQuery, ModelStatus } from "@orrery/engine";
import { OrreryError, isOrreryError } from "@orrery/problems";
import type { Code } from "@orrery/problems";
import { Hono } from "hono";
import { streamSSE, stream } from "hono/streaming";
import { failureOf } from "../engine-process/failure.ts";
import type { WorkerCall } from "../engine-process/worker-messages.ts";
import type { LogRing } from "../log/log-ring.ts";
import type { EngineEvent, EngineInfo, StopOptions } from "./engine-client.ts";

/** What the API serves. */
export interface EngineApiOptions {
  readonly info: EngineInfo;
  /** Asks the engine. @throws OrreryError. */
  readonly ask: (call: WorkerCall) => Promise<unknown>;
  /** The present status, or the last one where the engine does not answer; with relations. */
  readonly lastStatus: () => Promise<ModelStatus>;
  readonly log: LogRing;
  /** Tells what happens; the result ends it. */
  readonly onEvent: (listener: (event: EngineEvent) => void) => () => void;
  readonly stop: (options: StopOptions) => Promise<void>;
}

const LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR"] as const;
/** Changes come in bursts: one event tells them all. */
const CALM_MS = 100;

/** The engine's HTTP interface, which listens on the data folder's socket alone. */
export function engineApi({ info, ask, lastStatus, log, onEvent, stop }: EngineApiOptions): Hono {
  const api = new Hono();
  const command = async (body: unknown): Promise<unknown> =>
    await ask({ method: "execute", command: readCommand(body) });
  api.onError((cause, c) => c.json(failureOf(cause, "REQUEST_INVALID"), statusOf(cause)));
  api.notFound((c) => {
    const unknown = new OrreryError("REQUEST_INVALID", `request ${c.req.method} ${c.req.path} is not known`);
    return c.json(failureOf(unknown, "REQUEST_INVALID"), 404);
  });
  api.get("/v1/ping", (c) => c.json(info));
  api.post("/v1/commands", async (c) => c.json(await command(await json(c.req.text()))));
  api.post("/v1/actions", async (c) => {
    const body = await json(c.req.text());
    return c.json(
      await command(typeof body === "object" && body !== null ? { ...body, command: "run" } : body),
    );
  });
  api.get("/v1/status", async (c) => {
    const relations = c.req.query("relations") !== undefined;
    if (c.req.query("last") === undefined) return c.json(await ask({ method: "status", relations }));
    const { relations: all, ...status } = await lastStatus();
    return c.json(relations ? { ...status, relations: all } : status);
  });
  api.get("/v1/units/:application/:number", async (c) => {
    const { application, number } = c.req.param();
    return c.json(await ask({ method: "unit", unit: `${application}/${number}` }));
  });
  api.get("/v1/config/:application", async (c) =>
    c.json(await ask({ method: "config", application: c.req.param("application") })),
  );
  api.get("/v1/secrets/:secret", async (c) => {
    const reveal = c.req.query("reveal") !== undefined;
    return c.json(await ask({ method: "secret", secret: c.req.param("secret"), reveal }));
  });
  for (const [path, method] of [
    ["plan", "plan"],
    ["disconnect-plan", "planDisconnect"],
  ] as const) {
    api.get(`/v1/${path}`, async (c) => {
      const application = c.req.query("application");
      return c.json(await ask({ method, ...(application === undefined ? {} : { application }) }));
    });
  }
  api.get("/v1/external", async (c) => {
    const { application = "", url = "" } = c.req.query();
    return c.json(await ask({ method: "getExternal", application, url }));
  });
  for (const method of ["expectations", "problems", "counters", "secrets"] as const) {
    api.get(`/v1/${method}`, async (c) => c.json(await ask({ method })));
  }
  api.get("/v1/log", (c) => {
    const query = logQuery(c.req.query());
    const follow = c.req.query("follow") === "true";
    return stream(c, async (out) => {
      const waiting: LogEvent[] = [...log.read(query)];
      const next = new Signal();
      const end = follow
        ? log.follow(
            { ...query, after: Math.max(query.after ?? 0, waiting.at(-1)?.sequence ?? 0) },
            (event) => {
              waiting.push(event);
              next.give();
            },
          )
        : undefined;
      out.onAbort(() => next.give());
      for (;;) {
        for (let event = waiting.shift(); event; event = waiting.shift())
          await out.write(`${JSON.stringify(event)}\n`);
        if (!follow || out.aborted) break;
        await next.wait();
      }
      end?.();
    });
  });
  api.get("/v1/events", (c) =>
    streamSSE(c, async (out) => {
      let changed = true;
      const progress: EngineEvent[] = [];
      const next = new Signal();
      const end = onEvent((event) => {
        if (event.type === "changed") changed = true;
        else progress.push(event);
        next.give();
      });
      out.onAbort(() => next.give());
      while (!out.aborted) {
        for (let event = progress.shift(); event; event = progress.shift()) {
          await out.writeSSE({ data: JSON.stringify(event) });
        }
        if (changed) await out.writeSSE({ data: JSON.stringify({ type: "changed" } satisfies EngineEvent) });
        changed = false;
        await next.wait();
        await out.sleep(CALM_MS);
      }
      end();
    }),
  );
  api.post("/v1/stop", async (c) => {
    const body = await json(c.req.text());
    const keepWorkloads =
      typeof body === "object" && body !== null && "keepWorkloads" in body && body.keepWorkloads === true;
    await stop({ keepWorkloads });
    return c.json({ message: "ended" });
  });
  return api;
}

/** Wakes one who waits; what was given before the wait counts. */
class Signal {
  #given = false;
  #wake: (() => void) | undefined;

  give(): void {
    this.#given = true;
    this.#wake?.();
  }

  async wait(): Promise<void> {
    if (!this.#given) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#given = false;
    this.#wake = undefined;
  }
}

async function json(text: Promise<string>): Promise<unknown> {
  const found = await text;
  try {
    return found === "" ? undefined : JSON.parse(found);
  } catch (cause) {
    throw new OrreryError("REQUEST_INVALID", "request's body is not JSON", { cause });
  }
}

function logQuery(given: Readonly<Record<string, string>>): LogQuery {
  const {
    entity,
    level: named,
    after,
    limit,
  } = { entity: given["entity"], level: given["level"], after: given["after"], limit: given["limit"] };
  const level = LEVELS.find((one) => one === named);
  if (named !== undefined && !level)
    throw new OrreryError("REQUEST_INVALID", `level ${named} is not one of ${LEVELS.join(", ")}`);
  return {
    ...(entity === undefined ? {} : { entity }),
    ...(level ? { level } : {}),
    ...(after === undefined ? {} : { after: number("after", after) }),
    ...(limit === undefined ? {} : { limit: number("limit", limit) }),
  };
}

function number(name: string, text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new OrreryError("REQUEST_INVALID", `${name} ${JSON.stringify(text)} is no whole number`);
}

/** HTTP's numbers for codes that have one; what a person did wrong is 400. */
const STATUSES: Partial<Record<Code, 404 | 503 | 507>> = {
  APPLICATION_UNKNOWN: 404,
  UNIT_UNKNOWN: 404,
  RELATION_UNKNOWN: 404,
  SECRET_UNKNOWN: 404,
  CHARM_NOT_FOUND: 404,
  ENGINE_BUSY: 503,
  STORE_FULL: 507,
};

function statusOf(cause: unknown): 400 | 404 | 500 | 503 | 507 {
  return isOrreryError(cause) ? (STATUSES[cause.code] ?? 400) : 500;
}
