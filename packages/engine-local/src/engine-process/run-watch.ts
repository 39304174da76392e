import { OrreryError } from "@orrery/problems";
import type { Watch } from "../charm-source/own-charm.ts";
import { digestOfView, waitsUntil } from "./run-marks.ts";
import type { RunMark } from "./run-marks.ts";
import type { WorkerMessage } from "./worker-messages.ts";

/** Announces each run of a charm in this thread, and refuses runs of those that had to be ended a short while ago. */
export class RunWatch implements Watch {
  readonly #marks: Readonly<Record<string, RunMark>>;
  readonly #now: () => number;
  readonly #tell: (message: WorkerMessage) => void;

  constructor(options: {
    readonly marks: Readonly<Record<string, RunMark>>;
    readonly now: () => number;
    readonly tell: (message: WorkerMessage) => void;
  }) {
    this.#marks = options.marks;
    this.#now = options.now;
    this.#tell = options.tell;
  }

  readonly begin = ({
    unit,
    view,
  }: {
    readonly unit: string;
    readonly view: unknown;
  }): ((ok: boolean) => void) => {
    const mark = this.#marks[unit];
    const digest = digestOfView(view);
    if (mark && this.#now() < waitsUntil(mark, digest)) {
      const times = mark.count === 1 ? "once" : `${mark.count} times in a row`;
      throw new OrreryError(
        "RECONCILE_TIMEOUT",
        `reconcile of ${unit} had to be ended ${times}; it is run again after ${new Date(waitsUntil(mark, digest)).toISOString()}`,
        { origin: { unit } },
      );
    }
    // A message leaves this thread at once, even if the charm never gives it back.
    this.#tell({ tell: "begin", unit, digest });
    const started = performance.now();
    return (ok) => this.#tell({ tell: "end", unit, ok, seconds: (performance.now() - started) / 1000 });
  };
}
