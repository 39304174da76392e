import type { ModelStatus, StatusInfo } from "@orrery/engine";
import { formatProgress } from "@orrery/provision";
import type { ProgressEvent } from "@orrery/provision";

interface Seen {
  readonly event: ProgressEvent;
  readonly at: number;
}

/** What units wait for while their programs are had: shown as their status until they have a place. */
export class UnitPrograms {
  readonly #seen = new Map<string, Seen>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes in a step. */
  note(unit: string, event: ProgressEvent): void {
    if (event.phase === "ready" && this.#seen.get(unit)?.event.program !== event.program) return;
    this.#seen.set(unit, { event, at: this.#now() });
  }

  /** A unit waits no more. */
  forget(unit: string): void {
    this.#seen.delete(unit);
  }

  /** Puts what is waited for into a status. */
  overlay(status: ModelStatus): ModelStatus {
    if (this.#seen.size === 0) return status;
    const applications = Object.entries(status.applications).map(([name, application]) => {
      let worst: StatusInfo | undefined;
      const units = Object.entries(application.units).map(([unit, shown]) => {
        const seen = this.#seen.get(unit);
        if (!seen || shown["workload-status"].current !== "waiting") return [unit, shown] as const;
        worst = { ...shown["workload-status"], current: "maintenance", message: this.#tell(seen) };
        return [unit, { ...shown, "workload-status": worst }] as const;
      });
      const own = application["application-status"];
      const shown = worst && own.current === "waiting" ? worst : own;
      return [
        name,
        { ...application, "application-status": shown, units: Object.fromEntries(units) },
      ] as const;
    });
    return { ...status, applications: Object.fromEntries(applications) };
  }

  #tell({ event, at }: Seen): string {
    return formatProgress({ ...event, elapsedMs: event.elapsedMs + this.#now() - at });
  }
}
