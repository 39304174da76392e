import { durationSeconds } from "@orrery/query";
import type { CompiledJob } from "../../prometheus/compile/compile-job.ts";
import { instanceOf, openIdentity } from "../../prometheus/compile/identity-steps.ts";

/** One entry of a target file. */
export interface TargetGroup {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** How the job that reads a target file is set up. */
export interface TargetFileReader {
  readonly carries: "jobs" | "targets";
  /** Durations of that job. */
  readonly timing: { readonly interval: string; readonly timeout: string };
  readonly labelPrefix: string;
}

/** A job's targets as a target file has them; for a job of the user's, each says for itself how it is scraped. */
export function targetGroups(
  { config, source, targets }: CompiledJob,
  reader: TargetFileReader,
): readonly TargetGroup[] {
  if (reader.carries === "jobs")
    return targets.map(({ address, labels }) => ({ targets: [address], labels }));
  const perUnit = Map.groupBy(targets, ({ of }) => of.unit ?? "");
  return targets.map(({ address, labels, of }) => {
    const several = (perUnit.get(of.unit ?? "")?.length ?? 0) > 1;
    const own = Object.entries(labels).filter(([name]) => !name.startsWith("__orrery_"));
    return {
      targets: [address],
      labels: {
        __scheme__: source.scheme,
        __metrics_path__: source.path,
        ...Object.fromEntries(
          Object.entries(source.params ?? {}).map(([name, [value = ""]]) => [`__param_${name}`, value]),
        ),
        ...timingLabels(config, reader.timing),
        ...Object.fromEntries(own),
        // Nothing is written over them later: the job is not ours.
        ...openIdentity(of, reader.labelPrefix),
        ...(of.unit === undefined ? {} : { instance: instanceOf(of, several ? address : undefined) }),
      },
    };
  });
}

/** A timeout past the interval has the server leave the target out, so the two go together. */
function timingLabels(
  config: Readonly<Record<string, unknown>>,
  server: TargetFileReader["timing"],
): Readonly<Record<string, string>> {
  const { scrape_interval: interval, scrape_timeout: timeout } = config;
  if (typeof interval !== "string" && typeof timeout !== "string") return {};
  const every = typeof interval === "string" ? interval : server.interval;
  const wait = typeof timeout === "string" ? timeout : server.timeout;
  const longer = (durationSeconds(wait) ?? 0) > (durationSeconds(every) ?? 0);
  return { __scrape_interval__: every, __scrape_timeout__: longer ? every : wait };
}
