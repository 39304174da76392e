import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { extname } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { OrreryError, isCode } from "@orrery/problems";
import type {
  ChildAnswer,
  ChildFailure,
  ChildNotice,
  ChildRequest,
  ChildToolCall,
} from "./child-messages.ts";

/** Answers an action's wish for a tool. */
export type AnswerTool = (call: ChildToolCall) => Promise<unknown>;

/** What a charm's process is started with. */
export interface CharmProcessOptions {
  readonly folder: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Told each line that the charm writes. */
  readonly onOutput: (line: string) => void;
}

/** A request without its id. */
export type Asked =
  | { readonly ask: "load"; readonly folder: string }
  | { readonly ask: "evaluate"; readonly session: number; readonly view: unknown }
  | { readonly ask: "act"; readonly request: unknown };

/** How a request is waited for. */
export interface AskOptions {
  readonly deadlineMs: number;
  /** Serves the request while it runs; without it the charm has no tools. */
  readonly onTool?: AnswerTool;
}

interface Waiting {
  readonly resolve: (answer: ChildAnswer) => void;
  readonly reject: (reason: unknown) => void;
  readonly onTool: AnswerTool | undefined;
}

/** A charm that needs more to compute an outcome has run away. */
const HEAP_MIB = 256;
const RUNNER: string = fileURLToPath(new URL(`./charm-child${extname(import.meta.url)}`, import.meta.url));

/** One process that runs one foreign charm; ended for good when it is late, or by {@link CharmProcess.end}. */
export class CharmProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;
  #ended: string | undefined;

  constructor({ folder, env, onOutput }: CharmProcessOptions) {
    this.#child = fork(RUNNER, [], {
      cwd: folder,
      env,
      // The engine's own flags say how it finds its sources; a stranger's charm finds its own.
      execArgv: [`--max-old-space-size=${HEAP_MIB}`, "--disable-warning=ExperimentalWarning"],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream) createInterface({ input: stream }).on("line", onOutput);
    }
    this.#child.on("message", (message: ChildAnswer | ChildToolCall) => {
      if ("call" in message) void this.#tool(message);
      else this.#settle(message);
    });
    this.#child.once("error", (error) => this.#over(error.message));
    this.#child.once("exit", (code, signal) =>
      this.#over(code === null ? `it was ended by ${signal}` : `exit code ${code}`),
    );
    this.#child.unref();
    this.#child.channel?.unref();
  }

  /** Whether it can be asked. */
  get alive(): boolean {
    return this.#ended === undefined;
  }

  /**
   * Asks and waits.
   *
   * @throws OrreryError the charm's own, `RECONCILE_TIMEOUT` when the answer is late (the process is killed then),
   * `RECONCILE_FAILED` when the process ends.
   */
  async ask(
    asked: Asked,
    { deadlineMs, onTool }: AskOptions,
  ): Promise<ChildAnswer & { readonly value: unknown }> {
    if (this.#ended !== undefined) throw this.#gone();
    const id = this.#nextId;
    this.#nextId += 1;
    const answer = new Promise<ChildAnswer>((resolve, reject) =>
      this.#waiting.set(id, { resolve, reject, onTool }),
    );
    const timer = setTimeout(() => {
      this.#waiting
        .get(id)
        ?.reject(
          new OrreryError(
            "RECONCILE_TIMEOUT",
            `charm did not answer within ${deadlineMs / 1000} s to ${asked.ask}`,
          ),
        );
      this.end();
    }, deadlineMs);
    try {
      this.#send({ id, ...asked });
      const found = await answer;
      if ("failure" in found) throw errorOf(found.failure);
      return found;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  /** Says something that needs no answer. */
  say(notice: ChildNotice): void {
    if (this.alive) this.#send(notice);
  }

  /** Kills it. */
  end(): void {
    this.#child.kill("SIGKILL");
    this.#over("it was ended by its host");
  }

  async #tool(call: ChildToolCall): Promise<void> {
    try {
      const onTool = this.#waiting.get(call.id)?.onTool;
      if (!onTool) throw new OrreryError("ACTION_FAILED", "no action runs that might use a tool");
      this.say({ say: "tool-result", call: call.call, value: await onTool(call) });
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      const code = cause instanceof OrreryError ? { code: cause.code, remedy: cause.remedy } : {};
      this.say({ say: "tool-result", call: call.call, failure: { message, ...code } });
    }
  }

  #settle(answer: ChildAnswer): void {
    // Whatever else a charm sends over the channel is nobody's answer.
    this.#waiting.get(answer.id)?.resolve(answer);
  }

  #send(message: ChildRequest | ChildNotice): void {
    this.#child.send(message, (error) => {
      if (error) this.#over(error.message);
    });
  }

  #over(why: string): void {
    this.#ended ??= why;
    for (const { reject } of this.#waiting.values()) reject(this.#gone());
    this.#waiting.clear();
  }

  #gone(): OrreryError {
    return new OrreryError("RECONCILE_FAILED", `the charm's process has ended: ${this.#ended ?? ""}`);
  }
}

function errorOf({ code, message, remedy }: ChildFailure): Error {
  // A stranger may send any code; one that is not ours is no more than words.
  if (code === undefined || !isCode(code)) return new Error(message);
  return new OrreryError(code, message, remedy === undefined ? {} : { remedy });
}
