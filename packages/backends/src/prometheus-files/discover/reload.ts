import type { Intake } from "@orrery/charm";
import { durationSeconds } from "@orrery/query";

/** What reading the configuration and starting what is new takes beside the interval, in milliseconds. */
const SLACK_MS = 20_000;

/** How a server comes to read changed files, by its flags. @see Prometheus, feature flags, `auto-reload-config`. */
export function reloadOf(flags: Readonly<Record<string, string>>): Intake {
  if (flags["web.enable-lifecycle"] === "true") return { by: "request" };
  const features = (flags["enable-feature"] ?? "").split(",");
  if (flags["config.auto-reload"] === "true" || features.includes("auto-reload-config")) {
    const seconds = durationSeconds(flags["config.auto-reload-interval"] ?? "30s") ?? 30;
    return { by: "itself", withinMs: seconds * 1000 + SLACK_MS };
  }
  return {
    by: "person",
    todo: "have the server read its configuration again, such as by `systemctl reload prometheus` or `kill -HUP PID` where it runs",
  };
}

/** The same in a person's words. */
export function describeReload(intake: Intake): string {
  if (intake.by === "request") return "when asked over HTTP (lifecycle is on)";
  if (intake.by === "itself") return `by itself, within ${Math.round(intake.withinMs / 1000)} s`;
  return "by hand: neither --web.enable-lifecycle nor auto-reload is on";
}
