import { problem } from "@orrery/problems";
import type { Code, Origin, Problem } from "@orrery/problems";
import type { ScopeMode } from "@orrery/query";

/** What was found about one job while it was read. */
export class JobReport {
  readonly problems: Problem[] = [];
  readonly origin: Origin;
  readonly scoping: ScopeMode;
  #refused = false;

  constructor(origin: Origin, scoping: ScopeMode) {
    this.origin = origin;
    this.scoping = scoping;
  }

  /** Whether the job as a whole must be left out. */
  get refused(): boolean {
    return this.#refused;
  }

  /** The whole job is left out. */
  refuse(code: Code, message: string): void {
    this.#refused = true;
    this.problems.push(problem(code, { message, origin: this.origin }));
  }

  /** A part of the job is left out. */
  leaveOut(code: Code, message: string): void {
    this.problems.push(problem(code, { message, origin: this.origin }));
  }

  /** The job is taken, changed in this one way. */
  warn(code: Code, message: string): void {
    this.problems.push(problem(code, { message, origin: this.origin, severity: "warning" }));
  }
}
