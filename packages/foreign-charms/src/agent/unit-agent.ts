import { mkdirSync } from "node:fs";
import type { ActionRequest, ActionResults, Outcome, Status, View } from "@orrery/charm";
import type { Meanwhile } from "@orrery/engine";
import { OrreryError, problem } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import { afterHook, quietly } from "../events/after-hook.ts";
import { chooseHook } from "../events/choose-hook.ts";
import type { Hook } from "../events/hook.ts";
import { hookName } from "../events/hook.ts";
import { readMemory } from "../events/unit-memory.ts";
import type { ActionRun } from "../hook-run/action-run.ts";
import { withOwnWrites } from "../hook-run/own-writes.ts";
import { afterFailure } from "../hook-run/work.ts";
import type { Work } from "../hook-run/work.ts";
import { endLeftover } from "../process/leftovers.ts";
import { copyCharm } from "../package/copy-charm.ts";
import { answerOf } from "./action-answer.ts";
import type { AgentCharm, HookSettings } from "./agent-options.ts";
import { buildOutcome } from "./build-outcome.ts";
import { hookFailure } from "./hook-failure.ts";
import { LastSeen } from "./last-seen.ts";
import { ProgressFile } from "./progress.ts";
import type { Progress } from "./progress.ts";
import { runCause, storageNames } from "./run-cause.ts";
import type { RunEnd } from "./run-cause.ts";
import { unitPaths } from "./unit-paths.ts";
import type { UnitPaths } from "./unit-paths.ts";

const UPDATE_STATUS_MS = 300_000;
/** After so long, what hooks have done so far is handed over before further ones are run; doubled each time, to a minute. */
const FIRST_HAND_OVER_MS = 2000;
const LONGEST_HAND_OVER_MS = 60_000;
const SAY_MS = 1000;
/** An action waits so long for a hook to end. */
const ACTION_WAIT_MS = 60_000;
const ACTION_DEADLINE_MS = 120_000;

/** Does for one unit what Juju's agent does: finds which hooks are due, runs them one after the other, and keeps what they made. */
export class UnitAgent {
  readonly #charm: AgentCharm;
  readonly #settings: HookSettings;
  readonly #unit: string;
  readonly #paths: UnitPaths;
  readonly #lastSeen: LastSeen;
  readonly #progress: ProgressFile;
  #turn: Promise<unknown> = Promise.resolve();
  #running = "";
  #abort = new AbortController();
  #handOverMs = FIRST_HAND_OVER_MS;
  /** A hook that failed after others had ended well: told when the engine has taken those in. */
  #owed: OrreryError | undefined;
  #excess: Problem | undefined;
  #actions = 0;
  #meanwhile: Meanwhile | undefined;
  #saidAt = -SAY_MS;

  constructor(charm: AgentCharm, settings: HookSettings, unit: string) {
    this.#charm = charm;
    this.#settings = settings;
    this.#unit = unit;
    this.#paths = unitPaths(`${settings.unitFolder(unit)}/.agent`);
    this.#lastSeen = new LastSeen(this.#paths.bags, settings.vault);
    this.#progress = new ProgressFile(this.#paths.progress, { vault: settings.vault, unit });
  }

  /**
   * Runs the hooks that a view calls for, and gives what they want.
   *
   * @throws OrreryError `HOOK_FAILED`, `HOOK_TIMEOUT`, `HOOK_LIMIT` when the first of them fails.
   */
  async evaluate(view: View, meanwhile?: Meanwhile): Promise<Outcome> {
    return await this.#inTurn(async () => {
      this.#meanwhile = meanwhile;
      return await this.#evaluate(view);
    });
  }

  /** Runs an action. @throws OrreryError `ACTION_FAILED`. */
  async act({ action, params, view }: ActionRequest): Promise<ActionResults> {
    const run: ActionRun = { name: action, id: this.#nextAction(), params, results: {} };
    const waiting = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      const message = `unit ${this.#unit} is busy with ${this.#running}`;
      waiting.reject(
        new OrreryError("ACTION_FAILED", message, { remedy: "run the action again once the hook has ended" }),
      );
    }, ACTION_WAIT_MS);
    const begun = this.#inTurn(async () => {
      clearTimeout(timer);
      return await this.#act(view, run);
    });
    return await Promise.race([begun, waiting.promise]).finally(() => clearTimeout(timer));
  }

  /** Kills what runs. */
  close(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  async #evaluate(view: View): Promise<Outcome> {
    const owed = this.#owed;
    this.#owed = undefined;
    // One that goes is not held up by what is not told any more.
    if (owed && view.life === "alive") throw owed;
    const begun = performance.now();
    let progress = await this.#begin(view);
    let ran = 0;
    for (;;) {
      const { memory } = progress.work;
      const seen = {
        view: withOwnWrites(view, progress.work),
        memory,
        charm: this.#charm.files.digest,
        boot: this.#settings.boot,
        storage: storageNames(this.#charm),
      };
      const hook = chooseHook(seen, progress.failing);
      if (!hook) {
        this.#handOverMs = FIRST_HAND_OVER_MS;
        break;
      }
      if (ran > 0 && view.life === "alive" && performance.now() - begun > this.#handOverMs) {
        this.#handOverMs = Math.min(this.#handOverMs * 2, LONGEST_HAND_OVER_MS);
        break;
      }
      const ended = await this.#run(view, hook, progress.work);
      const failure = hookFailure(hook, ended, this.#unit);
      const { base } = progress;
      if (!failure) {
        progress = { base, work: this.#told(view, hook, ended.work) };
        if (ended.end.how !== "missing") ran += 1;
        this.#progress.keep(progress);
        continue;
      }
      progress = { base, work: afterFailure(progress.work, ended.work), failing: hook };
      this.#progress.keep(progress);
      // What a unit's last run wants is not taken in: there is nothing to hand over.
      if (ran === 0 || view.life === "dying") throw failure;
      this.#owed = failure;
      break;
    }
    return buildOutcome(view, progress.work, this.#excess ? [this.#excess] : []);
  }

  /** Takes up where the last run ended, whoever ended it. */
  async #begin(view: View): Promise<Progress> {
    mkdirSync(this.#paths.folder, { recursive: true, mode: 0o700 });
    if (endLeftover(this.#paths.running)) {
      this.#settings.log(this.#unit, "WARNING", "ended a hook that was left running; it is run again");
    }
    const progress = this.#progress.resume(readMemory(view.memory));
    const { work } = progress;
    if (view.life === "alive") {
      const { folder: from, files, metadata } = this.#charm;
      await copyCharm({
        from,
        files,
        split: metadata.split,
        to: this.#paths.charm,
        record: this.#paths.copied,
      });
    }
    return { ...progress, work: { ...work, memory: quietly(work.memory, view) } };
  }

  async #run(view: View, hook: Hook, work: Work): Promise<RunEnd> {
    this.#keepSeen(view, hook);
    const ended = await this.#runCause(view, { kind: "hook", hook }, work);
    if (ended.end.how !== "signal") return ended;
    // As with Juju, what somebody else killed is run again at once; twice in a row it is a failure.
    return await this.#runCause(view, { kind: "hook", hook }, work);
  }

  async #runCause(view: View, cause: Parameters<typeof runCause>[0]["cause"], work: Work): Promise<RunEnd> {
    const isAction = cause.kind === "action";
    this.#running = isAction ? `action ${cause.action.name}` : hookName(cause.hook);
    const { deadlineMs } = this.#settings;
    const ended = await runCause({
      charm: this.#charm,
      settings: this.#settings,
      paths: this.#paths,
      lastSeen: this.#lastSeen,
      view,
      cause,
      work,
      onStatus: (status) => this.#say(status),
      deadlineMs: isAction ? Math.min(deadlineMs, ACTION_DEADLINE_MS) : deadlineMs,
      signal: this.#abort.signal,
    });
    for (const what of ended.excess) this.#settings.log(this.#unit, "WARNING", `${this.#running}: ${what}`);
    this.#excess =
      ended.excess.length === 0
        ? undefined
        : problem("HOOK_LIMIT", {
            message: `${this.#running} of ${this.#unit}: ${ended.excess.join("; ")}`,
            severity: "warning",
            origin: { unit: this.#unit },
          });
    return ended;
  }

  async #act(view: View, action: ActionRun): Promise<ActionResults> {
    const progress = await this.#begin(view);
    const ended = await this.#runCause(view, { kind: "action", action }, progress.work);
    // What an action wrote stands when its program ended well, also where it said that the action failed.
    if (ended.end.how === "ended" && ended.end.exitCode === 0) {
      this.#progress.keep({ ...progress, work: oneTurnOn(ended.work) });
    }
    return answerOf(action, ended, this.#unit);
  }

  /** Bags of those who may be gone when the charm reads them. */
  #keepSeen(view: View, hook: Hook): void {
    if (hook.kind !== "relation") return;
    const bags = view.relations.find(({ id }) => id === hook.relation)?.bags;
    if (!bags) return;
    const unit = hook.unit === undefined ? undefined : bags.remoteUnits[hook.unit];
    if (hook.unit !== undefined && unit) this.#lastSeen.keep(hook.relation, hook.unit, unit);
    this.#lastSeen.keep(hook.relation, hook.application, bags.remoteApplication);
  }

  #told(view: View, hook: Hook, work: Work): Work {
    const { updateStatusMs = UPDATE_STATUS_MS, now, boot } = this.#settings;
    const ended = {
      view: withOwnWrites(view, work),
      charm: this.#charm.files.digest,
      boot,
      now: now(),
      updateStatusMs,
    };
    for (const [id, { application, unit }] of Object.entries(work.bags)) {
      if (unit) this.#lastSeen.keep(Number(id), this.#unit, unit);
      if (application) this.#lastSeen.keep(Number(id), view.application, application);
    }
    if (hook.kind === "relation" && hook.event === "broken") this.#lastSeen.forget(hook.relation);
    return oneTurnOn({ ...work, memory: afterHook(work.memory, hook, ended) });
  }

  /** Each is stored, so no more than one a second: the last one is in the outcome. */
  #say(status: Status): void {
    if (performance.now() - this.#saidAt < SAY_MS) return;
    this.#saidAt = performance.now();
    this.#meanwhile?.status(status);
  }

  #nextAction(): string {
    this.#actions += 1;
    return String(this.#actions);
  }

  /** Hooks and actions of a unit never run at the same time. */
  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#turn.then(work, work);
    this.#turn = mine.catch(() => undefined);
    return await mine;
  }
}

function oneTurnOn(work: Work): Work {
  return { ...work, memory: { ...work.memory, turn: work.memory.turn + 1 } };
}
