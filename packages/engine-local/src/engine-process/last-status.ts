import { setTimeout as sleep } from "node:timers/promises";
import type { ModelStatus } from "@orrery/engine";

/** Where a status comes from. */
export interface LastStatusOptions {
  /** Asks for the present one, with relations. @throws OrreryError. */
  readonly ask: () => Promise<ModelStatus>;
  /** Says what keeps the one who should answer. */
  readonly doing: () => string;
  /** How long to wait for an answer, in milliseconds; 2 s when absent. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 2000;
/** The least time between two looks that nobody asked for. */
const PAUSE_MS = 1000;

/** Keeps the status that was seen last, for when nobody answers: a charm that loops holds up what runs beside it for ten seconds. */
export class LastStatus {
  readonly #options: LastStatusOptions;
  #last: ModelStatus | undefined;
  #pause: NodeJS.Timeout | undefined;
  #missed = false;

  constructor(options: LastStatusOptions) {
    this.#options = options;
  }

  /** Looks again, now or after a pause: what the reports show may have changed. */
  note(): void {
    this.#missed = this.#pause !== undefined;
    if (this.#missed) return;
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      if (this.#missed) this.note();
    }, PAUSE_MS).unref();
    // Whoever asks in earnest is told why there is none.
    this.#look().catch(() => undefined);
  }

  /** Gives the present status; where none comes in time the last one, as `busy`, with its time and what is waited for. */
  async read(): Promise<ModelStatus> {
    const { patienceMs = PATIENCE_MS, doing } = this.#options;
    const present = this.#look();
    present.catch(() => undefined);
    const seen = await Promise.race([present, sleep(patienceMs, undefined, { ref: false })]);
    if (seen || !this.#last) return seen ?? (await present);
    const { model, controller } = this.#last;
    const message = `the engine does not answer, ${doing()}; so it was at ${controller.timestamp}`;
    const busy = { ...model["model-status"], current: "busy", message };
    return { ...this.#last, model: { ...model, "model-status": busy } };
  }

  async #look(): Promise<ModelStatus> {
    this.#last = await this.#options.ask();
    return this.#last;
  }
}
