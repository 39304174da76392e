import { connect } from "node:net";
import type { CheckView, ContainerOutcome } from "@orrery/charm";
import type { Check } from "@orrery/pebble";
import type { HttpRequest } from "../http/loopback-http.ts";
import { waitUntil } from "../pace/wait-until.ts";
import type { RunCommand } from "../process/run-command.ts";
import { parseDuration } from "../services/parse-duration.ts";
import { serviceName } from "../services/service-plan.ts";
import type { Supervisor } from "../services/supervisor.ts";
import type { PlacedUnit } from "../substrate/unit-folder.ts";

/** What checks are run with. */
export interface CheckRunnerOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly run: RunCommand;
  readonly request: HttpRequest;
}

/** One container whose checks should run. */
export interface CheckedContainer {
  readonly unit: string;
  readonly container: string;
  readonly outcome: ContainerOutcome;
  readonly placed: PlacedUnit;
  readonly supervisor: Supervisor;
}

interface Running {
  readonly form: string;
  readonly timer: NodeJS.Timeout;
  view: CheckView;
}

const PERIOD_MS = 10_000;
const TIMEOUT_MS = 3000;
const THRESHOLD = 3;

/** Runs health checks at their own periods. @see Pebble, checks: the same defaults. */
export class CheckRunner {
  readonly #options: CheckRunnerOptions;
  readonly #running = new Map<string, Running>();

  constructor(options: CheckRunnerOptions) {
    this.#options = options;
  }

  /** Has exactly these checks of a container run; one that did not change keeps its state. */
  apply(checked: CheckedContainer): void {
    const prefix = `${checked.unit} ${checked.container} `;
    const wanted = checked.outcome.checks ?? {};
    for (const key of this.#running.keys()) {
      if (key.startsWith(prefix) && !wanted[key.slice(prefix.length)]) this.#stop(key);
    }
    for (const [name, check] of Object.entries(wanted))
      this.#start(`${prefix}${name}`, check, { ...checked, name });
  }

  /** What the checks of a container found last. */
  view(unit: string, container: string): Record<string, CheckView> {
    const prefix = `${unit} ${container} `;
    const found = [...this.#running].filter(([key]) => key.startsWith(prefix));
    return Object.fromEntries(found.map(([key, { view }]) => [key.slice(prefix.length), view]));
  }

  /** Ends a unit's checks. */
  forget(unit: string): void {
    for (const key of this.#running.keys()) if (key.startsWith(`${unit} `)) this.#stop(key);
  }

  close(): void {
    for (const key of this.#running.keys()) this.#stop(key);
  }

  #start(key: string, check: Check, checked: CheckedContainer & { readonly name: string }): void {
    const form = JSON.stringify([check, checked.outcome.backend?.ca]);
    if (this.#running.get(key)?.form === form) return;
    this.#stop(key);
    const periodMs = parseDuration(check.period ?? "") ?? PERIOD_MS;
    const timeoutMs = Math.min(parseDuration(check.timeout ?? "") ?? TIMEOUT_MS, periodMs);
    let busy = false;
    const look = async (): Promise<void> => {
      if (busy) return;
      busy = true;
      const why = await this.#probe(check, checked, timeoutMs);
      busy = false;
      if (this.#running.get(key) === running) this.#note(running, { why, check, checked });
    };
    const timer = setInterval(() => void look(), periodMs);
    timer.unref();
    const running: Running = { form, timer, view: { status: "unknown", failures: 0 } };
    this.#running.set(key, running);
  }

  #stop(key: string): void {
    clearInterval(this.#running.get(key)?.timer);
    this.#running.delete(key);
  }

  #note(
    running: Running,
    seen: {
      readonly why: string | undefined;
      readonly check: Check;
      readonly checked: CheckedContainer & { name: string };
    },
  ): void {
    const { why, check, checked } = seen;
    if (why === undefined) {
      running.view = { status: "up", failures: 0 };
      return;
    }
    const failures = running.view.failures + 1;
    const down = failures >= (check.threshold ?? THRESHOLD);
    running.view = { status: down ? "down" : running.view.status, failures, message: why };
    if (failures !== (check.threshold ?? THRESHOLD)) return;
    for (const [service, { onCheckFailure }] of Object.entries(checked.outcome.services)) {
      if (onCheckFailure?.[checked.name] !== "restart") continue;
      // Should it not end, the service's own state tells.
      void checked.supervisor
        .restart(serviceName(checked.unit, checked.container, service))
        .catch(() => undefined);
    }
  }

  async #probe(check: Check, checked: CheckedContainer, timeoutMs: number): Promise<string | undefined> {
    try {
      if (check.http) {
        const { url, headers = {} } = check.http;
        const ca = checked.outcome.backend?.ca;
        const { status } = await this.#options.request("GET", url, {
          headers,
          timeoutMs,
          ...(ca === undefined ? {} : { ca }),
        });
        return status >= 200 && status < 300 ? undefined : `${url} answers ${status}`;
      }
      if (check.tcp) {
        const host = check.tcp.host ?? checked.placed.placement.network.address;
        const open = await isOpen(host, check.tcp.port, timeoutMs);
        return open ? undefined : `nobody listens on ${host}:${check.tcp.port}`;
      }
      const { folder } = checked.placed.placement.containers[checked.container] ?? { folder: "/" };
      const { environment: env, run } = this.#options;
      const result = await run(check.exec?.command ?? ["false"], { cwd: folder, env, deadlineMs: timeoutMs });
      if (!result.ran) return result.why;
      return result.exitCode === 0
        ? undefined
        : `exit code ${result.exitCode}: ${result.stderr.slice(0, 200)}`;
    } catch (cause) {
      return cause instanceof Error ? cause.message : String(cause);
    }
  }
}

async function isOpen(host: string, port: number, timeoutMs: number): Promise<boolean> {
  let open: boolean | undefined;
  const socket = connect({ host, port })
    .once("connect", () => (open = true))
    .once("error", () => (open = false));
  await waitUntil(() => open !== undefined, { withinMs: timeoutMs });
  socket.destroy();
  return open === true;
}
