import type { CheckView, ContainerOutcome, ServiceView } from "@orrery/charm";
import { renderCommand, renderLayer } from "@orrery/pebble";
import type { PebbleLayer } from "@orrery/pebble";
import { isOrreryError, problem } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";
import { isRecord } from "../../tools/read-answer.ts";
import { yamlSafe } from "../../tools/yaml-safe-json.ts";
import type { OwnNames } from "../files/publication-record.ts";
import type { HttpPost } from "../http-post.ts";
import type { AppliedServices, ServiceRunner } from "../service-runner.ts";
import { waitForChange } from "./pebble-change.ts";
import { lastLog, lookAtChecks, lookAtServices } from "./pebble-look.ts";
import type { PebbleTransport } from "./pebble-transport.ts";

/** The label of the one layer that this host keeps. */
const LABEL = "orrery";
/** Longer than a service may take to stop and to count as started. */
const CHANGE_MS = 60_000;

/** What running services by Pebble takes. */
export interface PebbleServicesOptions {
  readonly pebble: PebbleTransport;
  /** Where services run that name no folder. */
  readonly workingFolder: string;
  readonly post: HttpPost;
}

/** Runs a container's services by its Pebble. */
export class PebbleServices implements ServiceRunner {
  readonly #options: PebbleServicesOptions;
  readonly post: ServiceRunner["post"];

  constructor(options: PebbleServicesOptions) {
    this.#options = options;
    this.post = options.post;
  }

  readonly apply = async (outcome: ContainerOutcome, before: OwnNames): Promise<AppliedServices> => {
    const { pebble, workingFolder } = this.#options;
    const { services, problems } = usable(outcome);
    const wanted = renderLayer(services, outcome.checks ?? {}, workingFolder);
    const plan = await this.#plan();
    const layer = differing(wanted, plan, before);
    const differs = Object.keys(layer.services).length + Object.keys(layer.checks).length > 0;
    if (differs) await this.#addLayer(layer);
    const gone = before.checks.filter((name) => !Object.hasOwn(wanted.checks, name) && name in layer.checks);
    await this.#setChecks("stop", gone);
    await this.#setChecks(
      "start",
      Object.keys(layer.checks).filter((name) => !gone.includes(name)),
    );
    const seen = await lookAtServices(pebble);
    await this.#begin(
      "stop",
      before.services.filter(
        (name) =>
          !Object.hasOwn(wanted.services, name) &&
          ["active", "backoff"].includes(seen.get(name)?.current ?? ""),
      ),
    );
    const enabled = Object.keys(services).filter((name) => services[name]?.startup !== "disabled");
    const running = enabled.filter(
      (name) => seen.get(name)?.current === "active" && !Object.hasOwn(layer.services, name),
    );
    const started = enabled.filter((name) => !running.includes(name));
    try {
      // A replan would start again what was just ended, since that differs from how it was started.
      await this.#begin("restart", started);
    } catch (cause) {
      if (!isOrreryError(cause) || cause.code !== "PEBBLE_FAILED") throw cause;
      problems.push(cause.toProblem());
    }
    return { running, started, problems };
  };

  readonly observe: ServiceRunner["observe"] = async (outcome) => {
    const { pebble } = this.#options;
    const [seen, checked] = [await lookAtServices(pebble), await lookAtChecks(pebble)];
    const services: Record<string, ServiceView> = {};
    for (const name of Object.keys(outcome.services)) {
      const status = STATUS[seen.get(name)?.current ?? ""] ?? "unknown";
      const ended = status === "backoff" || status === "stopped";
      const message = ended ? await lastLog(pebble, name) : "";
      services[name] = { status, restarts: 0, ...(message === "" ? {} : { message }) };
    }
    const checks = Object.keys(outcome.checks ?? {}).map((name): [string, CheckView] => [
      name,
      checked.get(name) ?? { status: "unknown", failures: 0 },
    ]);
    return { services, checks: Object.fromEntries(checks) };
  };

  /** Has checks look now rather than at their next turn; a Pebble that does not know how lets them come up in time. */
  async refresh(checks: readonly string[]): Promise<void> {
    for (const name of checks) {
      await this.#options.pebble.send({ method: "POST", path: "/v1/checks/refresh", json: { name } });
    }
  }

  readonly restart = async (service: string): Promise<void> => await this.#begin("restart", [service]);

  readonly signal: ServiceRunner["signal"] = async (service, signal) => {
    const json = { signal: `SIG${signal}`, services: [service] };
    await this.#options.pebble.ask({ method: "POST", path: "/v1/signals", json });
  };

  async #plan(): Promise<Readonly<Record<string, unknown>>> {
    const { result } = await this.#options.pebble.ask({ method: "GET", path: "/v1/plan?format=yaml" });
    const plan: unknown = typeof result === "string" ? parse(result) : undefined;
    return isRecord(plan) ? plan : {};
  }

  async #addLayer(layer: PebbleLayer): Promise<void> {
    const text = yamlSafe(JSON.stringify(layer));
    const json = { action: "add", combine: true, label: LABEL, format: "yaml", layer: text };
    await this.#options.pebble.ask({ method: "POST", path: "/v1/layers", json });
  }

  /**
   * A check that was ended stays so, whatever layers say of it, and one whose layer changed need not begin. A Pebble of before Juju
   * 3.6.4 cannot be told so and goes by the layers.
   */
  async #setChecks(action: "start" | "stop", checks: readonly string[]): Promise<void> {
    if (checks.length === 0) return;
    await this.#options.pebble.send({ method: "POST", path: "/v1/checks", json: { action, checks } });
  }

  async #begin(action: "stop" | "restart", services: readonly string[]): Promise<void> {
    if (services.length === 0) return;
    const { pebble } = this.#options;
    const json = { action, services };
    const { change } = await pebble.ask({ method: "POST", path: "/v1/services", json });
    if (change !== undefined) await waitForChange(pebble, change, CHANGE_MS);
  }
}

const STATUS: Readonly<Record<string, ServiceView["status"]>> = {
  active: "running",
  inactive: "stopped",
  backoff: "backoff",
  error: "stopped",
};

/** Leaves out services whose command Pebble cannot be given, each as a problem. */
function usable(outcome: ContainerOutcome): {
  readonly services: ContainerOutcome["services"];
  readonly problems: Problem[];
} {
  const entries = Object.entries(outcome.services);
  const unfit = entries.filter(([, { command }]) => renderCommand(command) === undefined);
  return {
    services: Object.fromEntries(entries.filter((entry) => !unfit.includes(entry))),
    problems: unfit.map(([item]) => {
      const message = `service ${item}: Pebble cannot be given an argument that is [ or ], or holds a NUL character`;
      return problem("SERVICE_INVALID", { message, origin: { item } });
    }),
  };
}

/** What of a layer the plan does not have just so; what goes is disabled, since no layer takes anything back. */
function differing(
  wanted: PebbleLayer,
  plan: Readonly<Record<string, unknown>>,
  before: OwnNames,
): PebbleLayer {
  return {
    services: differingPart(wanted.services, plan["services"], before.services),
    checks: differingPart(wanted.checks, plan["checks"], before.checks),
  };
}

function differingPart<One extends object>(
  wanted: Readonly<Record<string, One>>,
  planned: unknown,
  before: readonly string[],
): Record<string, One> {
  const plan = isRecord(planned) ? planned : {};
  const changed = Object.entries(wanted).filter(
    ([name, one]) => !isDeepStrictEqual(plan[name], JSON.parse(JSON.stringify(one))),
  );
  const gone = before.flatMap((name): [string, One][] => {
    const one = plan[name];
    if (Object.hasOwn(wanted, name) || !isRecord(one) || one["startup"] === "disabled") return [];
    // It was of this form when this host wrote it.
    return [[name, { ...one, override: "replace", startup: "disabled" } as One]];
  });
  return Object.fromEntries([...changed, ...gone]);
}
