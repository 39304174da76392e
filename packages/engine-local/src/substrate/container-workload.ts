import type { Confirmation, ContainerOutcome, ServiceView } from "@orrery/charm";
import { lastLines } from "../log/last-lines.ts";
import { waitUntil } from "../pace/wait-until.ts";
import type { HttpRequest } from "../http/loopback-http.ts";
import type { Cost } from "../publication/cost.ts";
import type { LoadKind, LoadResult, Workload } from "../publication/workload.ts";
import type { ServicePlan } from "../services/service-plan.ts";
import type { Supervisor } from "../services/supervisor.ts";

/** What the running side of one container needs. */
export interface ContainerWorkloadOptions {
  readonly supervisor: Supervisor;
  readonly outcome: ContainerOutcome;
  /** The services that should run, by name. */
  readonly plans: Readonly<Record<string, ServicePlan>>;
  /** Asks the backend whether what is live is loaded; absent where none can tell. */
  readonly confirm?: () => Promise<Confirmation>;
  readonly request: HttpRequest;
  readonly now: () => number;
  readonly cost: Cost;
}

/** How long a workload may take to answer, or to come up, until others are served first. */
const ANSWERS_WITHIN_MS = 15_000;
/** A start counts as successful after one second. */
const STANDS_AFTER_MS = 1000;
const LONGEST_WORDS = 500;

/** Has a container's services take in what is live, and asks whether they did. */
export class ContainerWorkload implements Workload {
  readonly #options: ContainerWorkloadOptions;

  constructor(options: ContainerWorkloadOptions) {
    this.#options = options;
  }

  readonly load = async (kind: LoadKind, sinceMs: number): Promise<LoadResult> => {
    const enabled = Object.entries(this.#options.plans).filter(([, { enabled }]) => enabled);
    // Nobody reads the files.
    if (enabled.length === 0) return { state: "loaded" };
    // A crash may have come after the load and before its record.
    if (kind === "reload" && (await this.#options.confirm?.()) === "applied") return { state: "loaded" };
    let restarted = false;
    for (const [name, plan] of enabled) {
      const since = this.#options.supervisor.runsSinceMs(plan.name);
      if (since === undefined) {
        // One that ends again and again gets its chance with these files now, not at its next turn.
        if (this.#view(plan).status !== "backoff") continue;
        await this.#options.supervisor.restart(plan.name);
        restarted = true;
        continue;
      }
      if (since >= sinceMs) continue;
      const service = this.#options.outcome.services[name];
      const change = kind === "restart" ? "restart" : (service?.reload ?? "restart");
      if (change === "restart") {
        await this.#options.supervisor.restart(plan.name);
        this.#options.cost.add({ restarts: 1 });
        restarted = true;
      } else if ("signal" in change) {
        this.#options.supervisor.signal(plan.name, change.signal);
        this.#options.cost.add({ reloads: 1 });
      } else {
        const said = await this.#post(plan, addressOf(change.http, this.#options.outcome));
        if (said.state !== "loaded") return said;
      }
    }
    const stands = await this.#stands(enabled.map(([, plan]) => plan));
    if (stands.state === "loaded") return await this.#confirmed();
    // A service that was well before and fails with the new files has refused them.
    return stands.state === "refused" && !restarted ? { state: "unknown", why: stands.words } : stands;
  };

  async #post(plan: ServicePlan, url: string | undefined): Promise<LoadResult> {
    if (url === undefined)
      return { state: "unknown", why: "the service has no address to be asked to reload at" };
    this.#options.cost.add({ reloads: 1 });
    let result: LoadResult = { state: "unknown", why: "it does not answer" };
    await waitUntil(
      async () => {
        try {
          const { status, body } = await this.#options.request("POST", url, trusting(this.#options.outcome));
          const words = `${status} ${body.replaceAll(/\s+/g, " ").trim()}`.slice(0, LONGEST_WORDS);
          result = status < 400 ? { state: "loaded" } : { state: "refused", words, by: "answer" };
          return true;
        } catch (cause) {
          result = { state: "unknown", why: cause instanceof Error ? cause.message : String(cause) };
          // It may be just starting; one that has ended will read the files when it comes back.
          return this.#options.supervisor.runsSinceMs(plan.name) === undefined;
        }
      },
      { withinMs: ANSWERS_WITHIN_MS, everyMs: 200 },
    );
    return result;
  }

  async #stands(plans: readonly ServicePlan[]): Promise<LoadResult> {
    let failed: ServicePlan | undefined;
    const { supervisor, now } = this.#options;
    const up = await waitUntil(
      () => {
        failed = plans.find((plan) => this.#view(plan).status === "backoff");
        const all = plans.every(
          ({ name }) => now() - (supervisor.runsSinceMs(name) ?? Infinity) >= STANDS_AFTER_MS,
        );
        return failed !== undefined || all;
      },
      { withinMs: ANSWERS_WITHIN_MS, everyMs: 50 },
    );
    if (failed) {
      const words = lastLines(failed.logFolder, 3).join(" | ").slice(0, LONGEST_WORDS);
      return { state: "refused", words, by: "ending" };
    }
    return up ? { state: "loaded" } : { state: "unknown", why: "it has not come up yet" };
  }

  #view({ name, logFolder }: ServicePlan): ServiceView {
    return this.#options.supervisor.view(name, logFolder, this.#options.now());
  }

  async #confirmed(): Promise<LoadResult> {
    const { confirm } = this.#options;
    if (!confirm) return { state: "loaded" };
    const seen: Confirmation[] = [];
    const applied = await waitUntil(
      async () => {
        seen.push(await confirm());
        return seen.at(-1) === "applied";
      },
      { withinMs: ANSWERS_WITHIN_MS, everyMs: 250 },
    );
    if (applied) return { state: "loaded" };
    const why = seen.at(-1) === "stale" ? "it still has other files" : "it does not tell what it has loaded";
    return { state: "unknown", why };
  }
}

/** How the workload's own address is verified. */
function trusting({ backend }: ContainerOutcome): { readonly ca?: string } {
  return backend?.ca === undefined ? {} : { ca: backend.ca };
}

/** A path is one of the monitoring system that runs in the container. */
function addressOf(http: string, outcome: ContainerOutcome): string | undefined {
  if (/^https?:\/\//.test(http)) return http;
  return outcome.backend && new URL(http, outcome.backend.url).href;
}
