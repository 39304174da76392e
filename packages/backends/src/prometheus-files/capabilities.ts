import { asObject, listAt, textAt, textsAt } from "../read/json-field.ts";

/** What was found out about a server that somebody else runs. Plain JSON, and the same for as long as the server is the same. */
export interface PrometheusFilesCapabilities {
  /** Version of this form. */
  readonly form: 1;
  /** Such as `3.16.0` or `2.42.0+ds`. */
  readonly version: string;
  /** The server's own interval and timeout, as Prometheus durations. */
  readonly scrapeInterval: string;
  readonly scrapeTimeout: string;
  /**
   * How targets get there: `jobs` by scrape files with whole jobs (2.43 and newer), `targets` by a job of the user's that reads
   * target files.
   */
  readonly carries: "jobs" | "targets";
  /** The user's job that reads target files; `""` when there is none. */
  readonly targetJob: string;
  /** The timeout of that job. */
  readonly targetTimeout: string;
  /** Whether it evaluates rules: agents do not. */
  readonly evaluates: boolean;
  /** Whether it runs on this machine, as far as can be told. */
  readonly place: "here" | "elsewhere" | "unsure";
  /** The last part of our folder's path as the server sees it; by it rule files are told. */
  readonly folder: string;
  /** What it scrapes that is not ours, in order of pool and URL. */
  readonly targets: readonly TheirTarget[];
  /** The rules that it evaluates that are not ours, in its own order. */
  readonly rules: readonly TheirRule[];
}

/** A target of somebody else's. */
export interface TheirTarget {
  readonly pool: string;
  /** As it was discovered: `host:port`. */
  readonly address: string;
  readonly url: string;
  /** What its series bear. */
  readonly labels: Readonly<Record<string, string>>;
}

/** A rule of somebody else's. */
export interface TheirRule {
  readonly group: string;
  readonly file: string;
  readonly name: string;
  readonly expr: string;
  readonly alerts: boolean;
}

/** Reads what a view holds; nothing when another version of this form wrote it. */
export function readCapabilities(value: unknown): PrometheusFilesCapabilities | undefined {
  const found = asObject(value);
  if (found["form"] !== 1) return undefined;
  const { carries, place } = { carries: textAt(found, "carries"), place: textAt(found, "place") };
  return {
    form: 1,
    version: textAt(found, "version"),
    scrapeInterval: textAt(found, "scrapeInterval"),
    scrapeTimeout: textAt(found, "scrapeTimeout"),
    carries: carries === "targets" ? "targets" : "jobs",
    targetJob: textAt(found, "targetJob"),
    targetTimeout: textAt(found, "targetTimeout"),
    evaluates: found["evaluates"] === true,
    place: place === "here" || place === "elsewhere" ? place : "unsure",
    folder: textAt(found, "folder"),
    targets: listAt(found, "targets").map((one) => ({
      pool: textAt(one, "pool"),
      address: textAt(one, "address"),
      url: textAt(one, "url"),
      labels: textsAt(one, "labels"),
    })),
    rules: listAt(found, "rules").map((one) => ({
      group: textAt(one, "group"),
      file: textAt(one, "file"),
      name: textAt(one, "name"),
      expr: textAt(one, "expr"),
      alerts: asObject(one)["alerts"] === true,
    })),
  };
}
