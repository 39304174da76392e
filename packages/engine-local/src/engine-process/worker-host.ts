import { extname } from "node:path";
import { createInterface } from "node:readline";
import { Worker } from "node:worker_threads";
import type { Level } from "@orrery/engine";
import { OrreryError } from "@orrery/problems";
import { errorOf } from "./failure.ts";
import type { RunMarks } from "./run-marks.ts";
import type { WorkerCall, WorkerMessage, WorkerRequest, WorkerStart } from "./worker-messages.ts";

/** What the worker tells that is not an answer. */
export type WorkerTold = Extract<WorkerMessage, { tell: string }>;

/** What hosting the worker takes. */
export interface WorkerHostOptions {
  readonly start: Omit<WorkerStart, "marks">;
  readonly marks: RunMarks;
  readonly onTold: (message: WorkerTold) => void;
}

interface Waiting {
  readonly call: WorkerCall;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: Error) => void;
  readonly timer: NodeJS.Timeout;
}

interface Run {
  readonly unit: string;
  readonly digest: string;
  readonly since: number;
}

/** A reconcile only computes: one that takes longer is taken for one that never ends, in milliseconds. */
const RECONCILE_MS = 10_000;
/** A worker that answers nothing at all for so long is started again, in milliseconds. */
const SILENT_MS = 45_000;
const WATCH_MS = 500;
const AGAIN_MS = 5000;
const CALL_MS = 60_000;
/** Actions run programs. */
const EXECUTE_MS = 180_000;
/** Foreign systems take their time, and so do those who have to act on them: several steps, and the way back. */
const FOREIGN_MS = 1_800_000;
const WORKER: URL = new URL(`./engine-worker${extname(import.meta.url)}`, import.meta.url);

/** Keeps one worker going: asks it, watches it, and starts it again when a charm in it does not come back. */
export class WorkerHost {
  readonly #options: WorkerHostOptions;
  readonly #waiting = new Map<number, Waiting>();
  readonly #watch: NodeJS.Timeout;
  #worker: Worker | undefined;
  #ready = Promise.withResolvers<void>();
  #run: Run | undefined;
  #heard = performance.now();
  #nextId = 1;
  #works = false;
  #worked = false;
  #closed = false;

  constructor(options: WorkerHostOptions) {
    this.#options = options;
    this.#ready.promise.catch(() => undefined);
    this.#begin();
    this.#watch = setInterval(() => this.#look(), WATCH_MS);
  }

  /** Resolves when the worker works. @throws OrreryError why it does not. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Asks the worker. @throws OrreryError the engine's own, or `ENGINE_BUSY` when no answer comes. */
  async ask(call: WorkerCall): Promise<unknown> {
    if (this.#closed) throw new OrreryError("ENGINE_BUSY", "the engine is being ended");
    await this.ready;
    const id = this.#nextId;
    this.#nextId += 1;
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new OrreryError("ENGINE_BUSY", `the engine did not answer to ${call.method} in time`));
      }, deadlineOf(call));
      this.#waiting.set(id, { call, resolve, reject, timer });
      this.#send({ id, call });
    });
  }

  /** Says what keeps the worker from answering, for people. */
  doing(): string {
    if (this.#run) return `reconcile of ${this.#run.unit} has run for ${secondsSince(this.#run.since)}`;
    if (!this.#works) return "it is being started again";
    return `nothing was heard of it for ${secondsSince(this.#heard)}`;
  }

  /** Ends the worker; what it started goes on. */
  async close(): Promise<void> {
    // One that does not work yet, or no more, has nothing to bring to an end.
    if (!this.#closed && this.#works) await this.ask({ method: "close" }).catch(() => undefined);
    this.#closed = true;
    clearInterval(this.#watch);
    this.#giveUp("the engine was ended");
    await this.#worker?.terminate();
  }

  #send(request: WorkerRequest): void {
    this.#worker?.postMessage(request);
  }

  #begin(): void {
    const worker = new Worker(WORKER, {
      workerData: { ...this.#options.start, marks: this.#options.marks.all() },
      stdout: true,
      stderr: true,
      // Ends of pipes are opened as files and closed as sockets, which the tracking takes for a file that was left open.
      trackUnmanagedFds: false,
    });
    // What charms in the worker print belongs in the log, not on the terminal of whoever runs the engine.
    for (const stream of [worker.stdout, worker.stderr]) {
      createInterface({ input: stream }).on("line", (line) => this.#log("INFO", line));
    }
    this.#worker = worker;
    this.#heard = performance.now();
    worker.on("message", (message: WorkerMessage) => this.#take(worker, message));
    worker.on("error", (error) => {
      this.#log("ERROR", `the engine's worker failed: ${error.message}`);
      this.#ready.reject(new OrreryError("ENGINE_START_FAILED", error.message, { cause: error }));
    });
    worker.on("exit", () => {
      if (this.#worker === worker && !this.#closed)
        setTimeout(() => this.#restart(worker, "it ended by itself"), AGAIN_MS);
    });
  }

  #take(worker: Worker, message: WorkerMessage): void {
    // A worker that was given up may have said something yet.
    if (worker !== this.#worker) return;
    this.#heard = performance.now();
    if ("id" in message) {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      clearTimeout(waiting?.timer);
      if ("failure" in message) waiting?.reject(errorOf(message.failure, "ENGINE_BUSY"));
      else waiting?.resolve(message.value);
      return;
    }
    if (message.tell === "ready") {
      this.#works = this.#worked = true;
      this.#ready.resolve();
      // Those who asked the worker before wait for this one's answer.
      for (const [id, { call }] of this.#waiting) this.#send({ id, call });
    }
    if (message.tell === "failed") {
      this.#ready.reject(errorOf(message.failure, "ENGINE_START_FAILED"));
      // The first start fails for good, so that the one who asked for it learns why; later ones are tried again.
      if (this.#worked) setTimeout(() => this.#restart(worker, message.failure.message), AGAIN_MS);
    }
    if (message.tell === "begin")
      this.#run = { unit: message.unit, digest: message.digest, since: performance.now() };
    if (message.tell === "end") {
      this.#run = undefined;
      if (message.ok) this.#options.marks.clear(message.unit);
    }
    this.#options.onTold(message);
  }

  #look(): void {
    const now = performance.now();
    const run = this.#run;
    if (run && now - run.since > RECONCILE_MS) {
      this.#options.marks.add(run.unit, run.digest, Date.now());
      this.#options.onTold({ tell: "end", unit: run.unit, ok: false, seconds: (now - run.since) / 1000 });
      this.#restart(
        this.#worker,
        `reconcile of ${run.unit} did not come back within ${RECONCILE_MS / 1000} s`,
      );
    } else if (now - this.#heard > SILENT_MS)
      this.#restart(this.#worker, `nothing was heard of it for ${SILENT_MS / 1000} s`);
    else if (now - this.#heard > SILENT_MS / 3) void this.ask({ method: "ping" }).catch(() => undefined);
  }

  #restart(worker: Worker | undefined, why: string): void {
    if (this.#closed || worker !== this.#worker) return;
    this.#log("ERROR", `the engine's worker is started again: ${why}`);
    this.#run = undefined;
    this.#works = false;
    this.#worker = undefined;
    this.#giveUp(
      "the engine's worker was started again; look whether it was done",
      ({ method }) => method === "execute",
    );
    if (this.#worked) {
      this.#ready = Promise.withResolvers<void>();
      this.#ready.promise.catch(() => undefined);
    }
    // Both must not have the database at once.
    void this.#replace(worker);
  }

  async #replace(worker: Worker | undefined): Promise<void> {
    await worker?.terminate();
    if (!this.#closed) this.#begin();
  }

  #giveUp(why: string, which: (call: WorkerCall) => boolean = () => true): void {
    for (const [id, { call, reject, timer }] of this.#waiting) {
      if (!which(call)) continue;
      clearTimeout(timer);
      this.#waiting.delete(id);
      reject(new OrreryError("ENGINE_BUSY", why));
    }
  }

  #log(level: Level, message: string): void {
    const event = { time: new Date().toISOString(), level, entity: "engine", message } as const;
    this.#options.onTold({ tell: "log", from: "engine", event });
  }
}

function secondsSince(then: number): string {
  return `${Math.round((performance.now() - then) / 1000)} s`;
}

function deadlineOf(call: WorkerCall): number {
  if (call.method === "plan" || call.method === "planDisconnect") return FOREIGN_MS;
  if (call.method !== "execute") return CALL_MS;
  return ["apply", "undo", "disconnect"].includes(call.command.command) ? FOREIGN_MS : EXECUTE_MS;
}
