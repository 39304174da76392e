import type { ContainerContext } from "../definition/context.ts";
import { waiting } from "./status.ts";
import type { Status } from "./status.ts";

/**
 * Says what a unit still waits for before one of its services is of use: the container, a service that stays up, and the
 * service's check. Undefined when nothing is left to wait for, so that a charm says
 * `notReady(container, "loki") ?? active("…")`.
 *
 * @param check - The check of the container that says whether the service answers.
 */
export function notReady(
  { ready, services, checks }: ContainerContext,
  service: string,
  check: string = "ready",
): Status | undefined {
  const seen = services[service];
  if (!ready) return waiting("for the container");
  if (seen?.status === "backoff")
    return waiting(`${service} does not stay up: ${seen.message ?? "no reason was given"}`);
  if (seen?.status !== "running" || checks[check]?.status !== "up")
    return waiting(`for ${service} to be ready`);
  return undefined;
}
