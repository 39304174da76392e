import type { EngineCounters, ModelStatus } from "@orrery/engine";
import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** What the metrics are made of when they are asked for. */
export interface MetricsSource {
  readonly status: () => Promise<ModelStatus>;
  readonly counters: () => Promise<EngineCounters>;
}

const STATUSES = ["active", "waiting", "blocked", "maintenance", "error", "unknown"] as const;

/** The engine's own metrics. */
export class EngineMetrics {
  readonly #registry = new Registry();
  readonly #reconciles: Counter<"result">;
  readonly #seconds: Histogram;
  /** Counts of workers that were ended: theirs begin anew, these may not. */
  #before: Partial<EngineCounters> = {};
  #last: EngineCounters | undefined;

  constructor(source: MetricsSource, startedSeconds: number) {
    const registers = [this.#registry];
    this.#reconciles = new Counter({
      name: "orrery_reconcile_total",
      help: "Runs of charms in the engine's own process, by result.",
      labelNames: ["result"],
      registers,
    });
    for (const result of ["ok", "error"]) this.#reconciles.inc({ result }, 0);
    this.#seconds = new Histogram({
      name: "orrery_reconcile_seconds",
      help: "How long runs of charms in the engine's own process took.",
      buckets: [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10],
      registers,
    });
    const started = new Gauge({
      name: "orrery_engine_started_seconds",
      help: "When the engine was started, in seconds since 1970.",
      registers,
    });
    started.set(startedSeconds);
    const units = new Gauge({
      name: "orrery_units",
      help: "Units of the model, by workload status.",
      labelNames: ["status"],
      registers,
      collect: async () => {
        const found = await source.status().catch(() => undefined);
        units.reset();
        if (!found) return;
        const all = Object.values(found.applications).flatMap((application) =>
          Object.values(application.units),
        );
        for (const status of STATUSES) {
          units.set({ status }, all.filter((unit) => unit["workload-status"].current === status).length);
        }
      },
    });
    this.#counted(source, registers);
  }

  /** Takes in a run of a charm. */
  reconciled(ok: boolean, seconds: number): void {
    this.#reconciles.inc({ result: ok ? "ok" : "error" });
    this.#seconds.observe(seconds);
  }

  /** The exposition, in Prometheus's text form. */
  async expose(): Promise<{ readonly contentType: string; readonly body: string }> {
    return { contentType: this.#registry.contentType, body: await this.#registry.metrics() };
  }

  #counted(source: MetricsSource, registers: Registry[]): void {
    const kinds = [
      ["orrery_publications_total", "Outcomes that were made true, or found to be.", "applies"],
      ["orrery_reloads_total", "Reloads that workloads were asked for.", "reloads"],
      ["orrery_files_written_total", "Files written for workloads.", "filesWritten"],
    ] as const;
    for (const [name, help, counted] of kinds) {
      const counter = new Counter({
        name,
        help,
        registers,
        collect: async () => {
          const counters = await this.#counters(source);
          counter.reset();
          counter.inc(counters?.[counted] ?? 0);
        },
      });
    }
  }

  async #counters(source: MetricsSource): Promise<EngineCounters | undefined> {
    const now = await source.counters().catch(() => undefined);
    const last = this.#last;
    if (!now) return last && this.#sum(last);
    // Smaller than before: another worker counts from nought.
    if (last && now.applies < last.applies) this.#before = this.#sum(last);
    this.#last = now;
    return this.#sum(now);
  }

  #sum(now: EngineCounters): EngineCounters {
    const { applies, reloads, filesWritten } = this.#before;
    return {
      ...now,
      applies: now.applies + (applies ?? 0),
      reloads: now.reloads + (reloads ?? 0),
      filesWritten: now.filesWritten + (filesWritten ?? 0),
    };
  }
}
