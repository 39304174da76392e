import type { ContainerOutcome } from "@orrery/charm";
import { problem } from "@orrery/problems";
import type { Problem } from "@orrery/problems";

/** How services are told that files are others. */
export interface ServiceControl {
  readonly restart: (service: string) => Promise<void>;
  readonly signal: (service: string, signal: "HUP" | "USR1" | "USR2") => Promise<void>;
  /** POST; gives the answer's status and text. */
  readonly post: (url: string) => Promise<{ readonly status: number; readonly body: string }>;
}

/** What services are to take in. */
export interface TakingIn {
  readonly outcome: ContainerOutcome;
  /** Services that run and have not been started since the files went live. */
  readonly running: readonly string[];
  readonly control: ServiceControl;
  /** Whether a file asks for more than the services' own way. */
  readonly restart: boolean;
}

/** What came of it. */
export interface TakenIn {
  readonly problems: readonly Problem[];
  readonly reloads: number;
  readonly restarts: number;
}

/** Has the services of a container take in what is live now, each in its own way; a refusal is told and tried again at the next hook. */
export async function takeInFiles({ outcome, running, control, restart }: TakingIn): Promise<TakenIn> {
  const problems: Problem[] = [];
  let [reloads, restarts] = [0, 0];
  for (const name of running) {
    const change = restart ? "restart" : (outcome.services[name]?.reload ?? "restart");
    if (change === "restart") {
      await control.restart(name);
      restarts += 1;
      continue;
    }
    reloads += 1;
    if ("signal" in change) await control.signal(name, change.signal);
    else {
      const refused = await post(control, addressOf(change.http, outcome));
      if (refused !== undefined) {
        const message = `service ${name} did not take in its files: ${refused}`;
        problems.push(problem("FILE_REJECTED", { message, origin: { item: name } }));
      }
    }
  }
  return { problems, reloads, restarts };
}

async function post(control: ServiceControl, url: string | undefined): Promise<string | undefined> {
  if (url === undefined) return "it has no address to be asked to reload at";
  try {
    const { status, body } = await control.post(url);
    return status < 400 ? undefined : `${status} ${body.replaceAll(/\s+/g, " ").trim()}`.slice(0, 500);
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

/** A path is one of the monitoring system that runs in the container. */
function addressOf(http: string, { backend }: ContainerOutcome): string | undefined {
  if (/^https?:\/\//.test(http)) return http;
  return backend && new URL(http, backend.url).href;
}
