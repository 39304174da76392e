import type { Installed, ProgressEvent } from "@orrery/provision";
import { formatBytes } from "../output/bytes.ts";
import { formatDuration } from "../output/duration.ts";
import { table } from "../output/table.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Every program that the demo's charms and their supervision run, beside this Node. */
const PROGRAMS: readonly string[] = [
  "prometheus",
  "promtool",
  "alertmanager",
  "amtool",
  "node_exporter",
  "runit",
];

/** Phases in which something is made rather than found. */
const MAKING: readonly ProgressEvent["phase"][] = ["downloading", "unpacking", "building"];

/** What getting the programs has cost. */
export interface GotPrograms {
  /** Names of those that were built, unpacked or downloaded now. */
  readonly made: readonly string[];
}

/**
 * Finds or makes all programs before the engine needs them, telling each step with sizes and times.
 *
 * @throws OrreryError `PROGRAM_UNAVAILABLE` or `SUPERVISOR_UNAVAILABLE` with what was tried.
 */
export async function getPrograms(terminal: Terminal, signal: AbortSignal): Promise<GotPrograms> {
  const { defaultCacheFolder, formatProgress, inspectPrograms, provision } =
    await import("@orrery/provision");
  const cacheFolder = defaultCacheFolder(terminal.environment);
  const start = performance.now();
  const made = new Set<string>();
  const found = await provision(PROGRAMS, {
    cacheFolder,
    signal,
    onProgress: (event) => {
      if (!MAKING.includes(event.phase)) return;
      made.add(event.program);
      terminal.tell(`  ${formatProgress(event)}\n`);
    },
  });
  const sizes = new Map(
    (await inspectPrograms(PROGRAMS, { cacheFolder })).map((one) => [one.name, one.sizeBytes]),
  );
  terminal.tell(rows(Object.values(found), sizes, terminal));
  const how = made.size === 0 ? "all were there" : `${made.size} made now`;
  terminal.tell(`  ${PROGRAMS.length} programs in ${formatDuration(performance.now() - start)}, ${how}\n`);
  return { made: [...made] };
}

function rows(found: readonly Installed[], sizes: ReadonlyMap<string, number>, terminal: Terminal): string {
  const cells = found.map(({ name, version, source }) => [
    "",
    name,
    version,
    formatBytes(sizes.get(name) ?? 0),
    source,
  ]);
  const columns = [
    { title: "" },
    { title: "" },
    { title: "" },
    { title: "", align: "right" as const },
    { title: "" },
  ];
  // The first line is the headings', which are empty here.
  return table(columns, cells, terminal.paintTold).replace(/^.*\n/, "");
}
