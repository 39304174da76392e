import { IDENTITY_LABELS } from "@orrery/topology";
import type { LokiSettings } from "./settings.ts";

/** Five labels of identity and what the field's forwarders add; Loki's own limit of 15 leaves too little beside them. */
const LABELS_OF_A_STREAM = 30;

/** What Pebble, and our collector as it does, call the service that printed a line. */
const SERVICE = "pebble_service";

/** Makes `limits_config`. @see Grafana Loki 3.7, configuration parameters, `limits_config`. */
export function limitsConfig(settings: LokiSettings): Readonly<Record<string, unknown>> {
  const { ingestionBurstMb, ingestionRateMb, maxLineKb, maxStreams, retentionDays } = settings;
  return {
    ingestion_rate_mb: ingestionRateMb,
    ingestion_burst_size_mb: ingestionBurstMb,
    per_stream_rate_limit: `${ingestionRateMb}MB`,
    per_stream_rate_limit_burst: `${ingestionBurstMb}MB`,
    max_line_size: `${maxLineKb}KB`,
    // A line that is cut would look like one that was written so.
    max_line_size_truncate: false,
    max_global_streams_per_user: maxStreams,
    max_label_names_per_series: LABELS_OF_A_STREAM,
    // What was written out of order by less than an hour is taken; the rest is refused, and its sender told.
    unordered_writes: true,
    // By what comes over OTLP can be found besides what Loki takes for labels by itself.
    otlp_config: {
      resource_attributes: {
        attributes_config: [{ action: "index_label", attributes: [...IDENTITY_LABELS, SERVICE] }],
      },
    },
    retention_period: `${retentionDays * 24}h`,
  };
}
