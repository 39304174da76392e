import type { Command, CommandResult } from "./commands/command.ts";
import { changeModel } from "./commands/change-model.ts";
import { readCommand } from "./commands/read-command.ts";
import { readersOf } from "./commands/readers.ts";
import { runAction } from "./commands/run-action.ts";
import type { Core, Surroundings } from "./core.ts";
import { now } from "./core.ts";
import { uuidFrom } from "./model/uuid.ts";
import type { EngineCounters } from "./reports/counters.ts";
import { countsBetween, noCounts } from "./reports/counters.ts";
import { EventLog } from "./reports/event-log.ts";
import type { LogEvent, LogQuery } from "./reports/event-log.ts";
import type { UnitExpectations } from "./reports/expectations.ts";
import { reportExpectations } from "./reports/expectations.ts";
import type { ReportedProblem } from "./reports/problems.ts";
import { reportProblems } from "./reports/problems.ts";
import type { ApplicationConfig } from "./reports/show-config.ts";
import { showConfig } from "./reports/show-config.ts";
import type { ShownSecrets } from "./reports/show-secrets.ts";
import { listSecrets, showSecret } from "./reports/show-secrets.ts";
import type { ShownUnit } from "./reports/show-unit.ts";
import { showUnit } from "./reports/show-unit.ts";
import type { ModelStatus } from "./reports/status.ts";
import { reportStatus } from "./reports/status.ts";
import { maskOf } from "./secrets/mask.ts";
import { maskedError } from "./secrets/masked-error.ts";
import { atRest } from "./external/at-rest.ts";
import { Bridges } from "./external/bridges.ts";
import { changeExternal } from "./external/external-commands.ts";
import { Alarm } from "./settling/alarm.ts";
import { Failures } from "./settling/failures.ts";
import { InTurn } from "./settling/in-turn.ts";
import { lookAt } from "./settling/look-at.ts";
import { nextWake } from "./settling/next-wake.ts";
import { Rounds } from "./settling/rounds.ts";
import { settle } from "./settling/settle.ts";
import { SlowWork } from "./settling/slow-work.ts";
import { Database } from "./store/database.ts";
import type { Store } from "./store/store.ts";

/** What an engine is made of: its state, and the world as it may see and change it. */
export interface EngineOptions extends Surroundings {
  readonly store: Store;
  /** Name of the model when the store holds none yet; `orrery` when absent. */
  readonly model?: string;
}

/**
 * One model: takes commands, runs charms until they rest, and has their outcomes made true.
 *
 * All time, randomness and I/O come in through its options, so that the same ones give the same bytes. A host calls
 * {@link settle} after commands, {@link observe} at its own rate, and both again at {@link nextWake}.
 */
export class Engine {
  /** The foreign systems of the model. */
  readonly bridges: Bridges;
  readonly #core: Core;
  readonly #listeners = new Set<() => void>();
  #commands: Promise<unknown> = Promise.resolve();
  #settling: Promise<void> | undefined;

  /**
   * Reads the state; makes a model when there is none.
   *
   * @throws OrreryError `STORE_FULL`, `STORE_FAILED`, or `SECRETS_KEY_WRONG` when another vault sealed the state.
   */
  constructor(options: EngineOptions) {
    const { store, model: name, ...around } = options;
    const db = new Database(store, around.vault);
    const mask = maskOf(db);
    this.#core = {
      db,
      around,
      log: new EventLog(around.clock, mask),
      mask,
      counters: noCounts(),
      charms: new Map(),
      runtimes: new Map(),
      failures: new Failures(),
      rounds: new Rounds(),
      placing: new SlowWork(),
      evaluating: new SlowWork(),
      making: new InTurn(),
      ending: new SlowWork(),
      looking: new SlowWork(),
      externals: new Map(),
      alarm: new Alarm(),
      dirty: new Set(db.units.keys()),
      changed: () => {
        for (const listener of this.#listeners) listener();
      },
    };
    this.bridges = new Bridges(this.#core, this.#rest);
    if (!db.models.has("model")) {
      const uuid = uuidFrom(around.random(16));
      const model = {
        name: name ?? "orrery",
        uuid,
        nextRelation: 0,
        nextCommand: 1,
        created: now(this.#core),
      };
      db.commit([db.models.put("model", model)]);
    }
  }

  /**
   * Does what a person asks: checked, then committed with its journal entry, then acknowledged. The model follows when
   * it is settled. Commands wait for each other, never for the model to settle.
   *
   * @throws OrreryError whose code says why the command is refused; nothing was changed then.
   */
  async execute(command: Command): Promise<CommandResult> {
    try {
      return await this.#execute(readCommand(command));
    } catch (cause) {
      // A charm that stumbles over a secret repeats it in its error's message.
      throw maskedError(cause, this.#core.mask);
    }
  }

  async #execute(read: Command): Promise<CommandResult> {
    if (read.command === "run") return await runAction(this.#core, read);
    if (read.command === "apply" || read.command === "undo" || read.command === "disconnect")
      return await changeExternal(this.#core, read, this.#rest);
    const done = this.#commands.then(async () => await changeModel(this.#core, read));
    // A refused command is its caller's matter; those behind it go on.
    this.#commands = done.catch(() => undefined);
    return await done;
  }

  /** Works until nothing is left that can be done now. Calls that meet join. Gives what it has cost. */
  async settle(): Promise<EngineCounters> {
    const before = this.counters();
    this.#core.alarm.ring();
    await (this.#settling ??= this.#settle());
    return countsBetween(before, this.counters());
  }

  /** Looks at the workloads of these units, or of all. Says whether anything changed, so that a settle is due. */
  async observe(units: readonly string[] = this.#core.db.units.keys()): Promise<boolean> {
    const placed = units.filter((name) => {
      const unit = this.#core.db.units.get(name);
      return unit?.life === "alive" && unit.placement !== undefined;
    });
    const seen = await Promise.all(placed.map(async (name) => await lookAt(this.#core, name)));
    if (!seen.includes(true)) return false;
    this.#core.changed();
    return true;
  }

  /**
   * Has the next settle give these units' outcomes to the substrate again, as when a workload had not yet answered
   * whether it has its files. What is true already costs nothing.
   */
  publishAgain(units: readonly string[]): void {
    for (const unit of units) delete this.#core.runtimes.get(unit)?.told;
  }

  /**
   * Takes these units' places away, as when the host has others for them now; the next settle places them anew.
   *
   * @throws OrreryError `STORE_FULL` or `STORE_FAILED`.
   */
  placeAgain(units: readonly string[]): void {
    const { db, dirty } = this.#core;
    const placed = units.flatMap((name) => db.units.get(name) ?? []).filter(({ placement }) => placement);
    db.commit(placed.map(({ placement: _gone, ...unit }) => db.units.put(unit.name, unit)));
    for (const { application } of placed)
      for (const unit of readersOf(this.#core, application)) dirty.add(unit);
    this.#core.changed();
  }

  /** When the engine wants to be settled again by itself: a retry or a deadline. Milliseconds since 1970, UTC. */
  nextWake(): number | undefined {
    return nextWake(this.#core);
  }

  /** The model in the shape of `juju status --format json`. */
  status(options: { readonly relations?: boolean } = {}): ModelStatus {
    return reportStatus(this.#core, options);
  }

  /** A unit with its relations' bags, in the shape of `juju show-unit`. @throws OrreryError `UNIT_UNKNOWN`. */
  showUnit(unit: string): ShownUnit {
    return showUnit(this.#core, unit);
  }

  /** An application's options, in the shape of `juju config`. @throws OrreryError `APPLICATION_UNKNOWN`. */
  showConfig(application: string): ApplicationConfig {
    return showConfig(this.#core, application);
  }

  /** The secrets in the model by id, in the shape of `juju secrets`; never what they hold. */
  secrets(): ShownSecrets {
    return listSecrets(this.#core);
  }

  /**
   * One secret by name, URI or id, in the shape of `juju show-secret`.
   *
   * @throws OrreryError `SECRET_UNKNOWN`.
   */
  showSecret(secret: string, options: { readonly reveal?: boolean } = {}): ShownSecrets {
    return showSecret(this.#core, secret, options.reveal === true);
  }

  /** Takes the values of secrets out of a text that people will read; short and common ones are left. */
  mask(text: string): string {
    return this.#core.mask(text);
  }

  /** Everything that is wrong now, with who reported it. */
  problems(): readonly ReportedProblem[] {
    return reportProblems(this.#core);
  }

  /** What should be found in which monitoring system. */
  expectations(): readonly UnitExpectations[] {
    return reportExpectations(this.#core);
  }

  /** The newest events. */
  events(query: LogQuery = {}): readonly LogEvent[] {
    return this.#core.log.read(query);
  }

  /** Tells every event from now on. The result ends it. */
  onEvent(listener: (event: LogEvent) => void): () => void {
    return this.#core.log.listen(listener);
  }

  /** Tells each time that what the reports show may have changed. The result ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Exact counts since the start. */
  counters(): EngineCounters {
    return { ...this.#core.counters, rowsWritten: this.#core.db.counters.rowsWritten };
  }

  /** Ends the charms' runners. What runs goes on; nothing is removed. */
  close(): void {
    for (const { runner } of this.#core.runtimes.values()) runner?.close?.();
    this.#core.runtimes.clear();
  }

  /** A settle that waits for something slow keeps no command waiting for longer than it takes to run the charm. */
  readonly #rest = async (application: string): Promise<void> => {
    const { foreign } = this.#core.around;
    const settled = this.settle();
    // Whoever drives the engine sees why it fails.
    settled.catch(() => undefined);
    await (foreign ? Promise.race([settled, atRest(this.#core, application, foreign.pause)]) : settled);
  };

  async #settle(): Promise<void> {
    const ended = (): void => {
      this.#settling = undefined;
    };
    try {
      await settle(this.#core, ended);
    } catch (cause) {
      ended();
      throw cause;
    }
  }
}
