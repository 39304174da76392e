/** What stands before Loki's OTLP paths, and before those of the push API. @see Grafana Loki 3.7, HTTP API, Ingest endpoints. */
const OTLP = "/otlp";
const PUSH = "/loki/api/v1/push";

/** Gives the base URL of a Loki's OTLP by the URL of its push API; nothing for one that is no Loki's own. */
export function otlpUrl(pushUrl: string): string | undefined {
  return pushUrl.endsWith(PUSH) ? `${pushUrl.slice(0, -PUSH.length)}${OTLP}` : undefined;
}

/**
 * Makes the exporter to one Loki, by its name: its queue on disk is found again by that, so it depends on the URL alone.
 *
 * @param queueSize - In batches, as they were read.
 */
export function lokiExporter(url: string, queueSize: number): readonly [string, object] {
  const { host, pathname } = new URL(url);
  return [
    `otlp_http/${host}${pathname.slice(0, -OTLP.length)}`,
    {
      endpoint: url,
      sending_queue: { enabled: true, storage: "file_storage", queue_size: queueSize },
      // Without an end: what is too old for Loki is refused by it and counted.
      retry_on_failure: { enabled: true, max_elapsed_time: "0s" },
    },
  ];
}
