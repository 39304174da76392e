import type { HttpGet } from "@orrery/charm";
import type { MakeMaterial } from "@orrery/materials";
import type { CharmSource, RunnableCharm } from "./charm-source/charm-source.ts";
import type { EngineCounters } from "./reports/counters.ts";
import type { EventLog } from "./reports/event-log.ts";
import type { Failures } from "./settling/failures.ts";
import type { Alarm } from "./settling/alarm.ts";
import type { InTurn } from "./settling/in-turn.ts";
import type { Rounds } from "./settling/rounds.ts";
import type { SlowWork } from "./settling/slow-work.ts";
import type { UnitRuntime } from "./settling/unit-runtime.ts";
import type { ExternalRuntime } from "./external/external-runtime.ts";
import type { ForeignSystems } from "./external/foreign-system.ts";
import type { Database } from "./store/database.ts";
import type { Substrate } from "./substrate/substrate.ts";
import type { Vault } from "./vault/vault.ts";

/** The outside world as the engine is given it: all that is not determined by its state. */
export interface Surroundings {
  /** Milliseconds since 1970, UTC. */
  readonly clock: () => number;
  /** So many random bytes. */
  readonly random: (bytes: number) => Uint8Array;
  /** Seals what lies in the store. */
  readonly vault: Vault;
  readonly substrate: Substrate;
  readonly charms: CharmSource;
  /** One GET for an action: the host sets deadline and size. Actions that ask are refused when absent. */
  readonly get?: HttpGet;
  /**
   * Ends when others have waited long enough for charms that answer later, those in other processes: the engine then goes
   * on with everyone else. They are waited for when absent.
   */
  readonly patience?: () => Promise<void>;
  /** Makes keys, passwords and certificates in another way than that of `@orrery/materials`, such as with a key store. */
  readonly makeMaterial?: MakeMaterial;
  /** Systems that we do not run; charms that want something of them are told that none is reached when absent. */
  readonly foreign?: ForeignSystems;
  /**
   * Says whether units of a charm take part: those that do not are left as they are, neither placed nor run nor removed. All do when
   * absent.
   */
  readonly takesPart?: (charm: RunnableCharm) => boolean;
}

/** What all parts of the engine share. */
export interface Core {
  readonly db: Database;
  readonly around: Surroundings;
  readonly log: EventLog;
  /** Takes the values of secrets out of a text that people will read. */
  readonly mask: (text: string) => string;
  readonly counters: EngineCounters;
  /** Charms of the applications, as far as they could be loaded. */
  readonly charms: Map<string, RunnableCharm>;
  /** What is known of units beside their rows. */
  readonly runtimes: Map<string, UnitRuntime>;
  readonly failures: Failures;
  /** How far the model is from rest. */
  readonly rounds: Rounds;
  /** Placements under way, by application: one at a time for each. */
  readonly placing: SlowWork;
  /** Charms that have been run and have not answered yet, by unit: one run at a time for each. */
  readonly evaluating: SlowWork;
  /** Materials are made for one unit at a time, so that each draws the same randomness in each run. */
  readonly making: InTurn;
  /** Removals under way, by unit. */
  readonly ending: SlowWork;
  /** Looks at foreign systems under way. */
  readonly looking: SlowWork;
  /** What is known of foreign systems beside their records. */
  readonly externals: Map<string, ExternalRuntime>;
  /** Rings when a settle that only waits has something else to do. */
  readonly alarm: Alarm;
  /** Units whose view may have changed. */
  readonly dirty: Set<string>;
  /** Tells those who watch. */
  readonly changed: () => void;
}

/** The clock's time as RFC 3339, UTC. */
export function now(core: Pick<Core, "around">): string {
  return new Date(core.around.clock()).toISOString();
}
