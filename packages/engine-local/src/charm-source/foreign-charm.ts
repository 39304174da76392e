import type { ActionTools, Manifest, Outcome, SessionCounters, View } from "@orrery/charm";
import type { CharmRunner, RunnableCharm } from "@orrery/engine";
import { OrreryError, isOrreryError } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import { CharmProcess } from "./charm-process.ts";
import type { AskOptions, Asked } from "./charm-process.ts";
import type { ChildToolCall } from "./child-messages.ts";
import { readManifest } from "./read-manifest.ts";

/** What running a foreign charm takes. */
export interface ForeignCharmOptions {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Deadline of a load and of each evaluation, in milliseconds. */
  readonly deadlineMs: number;
  /** Told each line that the charm writes, with the unit that it was run for last. */
  readonly onOutput: (entity: string, line: string) => void;
}

const ACTION_DEADLINE_MS = 120_000;

/**
 * Loads a charm that is not ours, in a process of its own.
 *
 * @throws OrreryError `CHARM_INVALID` when it does not load, in time or at all.
 */
export async function loadForeignCharm(options: ForeignCharmOptions): Promise<RunnableCharm> {
  const host = new ForeignHost(options);
  const { manifest, problems } = await host.load();
  return {
    manifest,
    problems,
    folder: options.folder,
    session: () => host.session(),
    act: async (request, tools) => await host.act(request, tools),
  };
}

class ForeignHost {
  readonly #options: ForeignCharmOptions;
  #process: CharmProcess | undefined;
  #starting: Promise<unknown> = Promise.resolve();
  #entity: string;
  #nextSession = 1;

  constructor(options: ForeignCharmOptions) {
    this.#options = options;
    this.#entity = "engine";
  }

  async load(): Promise<{ readonly manifest: Manifest; readonly problems: readonly Problem[] }> {
    try {
      const process = this.#start();
      const { folder, deadlineMs } = this.#options;
      const { value } = await process.ask({ ask: "load", folder }, { deadlineMs });
      return readManifest(value);
    } catch (cause) {
      this.#process?.end();
      const told = cause instanceof Error ? cause.message : String(cause);
      if (isOrreryError(cause) && cause.code === "CHARM_INVALID") throw cause;
      throw new OrreryError("CHARM_INVALID", `charm in ${this.#options.folder} does not load: ${told}`, {
        cause,
      });
    }
  }

  session(): CharmRunner {
    const session = this.#nextSession;
    this.#nextSession += 1;
    let counters: SessionCounters | undefined;
    return {
      evaluate: async (view: View): Promise<Outcome> => {
        this.#entity = view.unit;
        const answer = await this.#ask({ ask: "evaluate", session, view }, this.#options);
        if ("counters" in answer && isCounters(answer.counters)) counters = answer.counters;
        // The engine looks at its form before it takes it in.
        return answer.value as Outcome;
      },
      close: () => this.#process?.say({ say: "close", session }),
      get counters(): SessionCounters {
        return counters ?? { decoded: 0, encoded: 0, computed: 0, remembered: 0 };
      },
    };
  }

  async act(
    request: { readonly view: View },
    tools: ActionTools,
  ): Promise<Readonly<Record<string, unknown>>> {
    this.#entity = request.view.unit;
    const { value } = await this.#ask(
      { ask: "act", request },
      { deadlineMs: ACTION_DEADLINE_MS, onTool: async (call) => await use(tools, call) },
    );
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
    throw new OrreryError("ACTION_FAILED", "the action returned something that is no object");
  }

  async #ask(asked: Asked, options: AskOptions): ReturnType<CharmProcess["ask"]> {
    if (!this.#process?.alive) {
      // A process that was killed comes back with the next run; sessions begin anew in it.
      const process = this.#start();
      this.#starting = process.ask({ ask: "load", folder: this.#options.folder }, this.#options);
    }
    await this.#starting;
    if (!this.#process) throw new OrreryError("RECONCILE_FAILED", "the charm's process does not run");
    try {
      return await this.#process.ask(asked, options);
    } catch (cause) {
      if (isOrreryError(cause)) throw cause;
      const told = cause instanceof Error ? cause.message : String(cause);
      const code = asked.ask === "act" ? "ACTION_FAILED" : "RECONCILE_FAILED";
      throw new OrreryError(code, `charm failed: ${told}`, { cause });
    }
  }

  #start(): CharmProcess {
    const process = new CharmProcess({
      folder: this.#options.folder,
      env: this.#options.env,
      onOutput: (line) => this.#options.onOutput(this.#entity, line),
    });
    this.#process = process;
    return process;
  }
}

async function use(tools: ActionTools, { tool, arguments: given }: ChildToolCall): Promise<unknown> {
  const [first, second] = given;
  if (tool === "get" && typeof first === "string") return await tools.get(first);
  if (tool === "exec" && typeof first === "string" && Array.isArray(second)) {
    return await tools.exec(first, second.map(String));
  }
  if (tool === "rotate" && typeof first === "string") return await tools.rotate(first);
  throw new OrreryError("ACTION_FAILED", `tool ${tool} was called with arguments that it does not take`);
}

function isCounters(value: unknown): value is SessionCounters {
  return (
    typeof value === "object" && value !== null && "decoded" in value && typeof value.decoded === "number"
  );
}
