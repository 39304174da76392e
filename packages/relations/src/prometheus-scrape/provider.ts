import type { BagWrites, Endpoint, RelationView, Self } from "@orrery/charm";
import type { PyJson } from "@orrery/databag";
import type { Decoded, Telemetry } from "@orrery/telemetry";
import { topologyRecord } from "../identity/topology-record.ts";
import { rejections, reportedText } from "../reporting/read-event.ts";
import type { ScrapeFeedback } from "./feedback.ts";
import { alertRules, event, scrapeJobs, scrapeMetadata, unitAddress, unitName } from "./wire/bag-fields.ts";
import { encodeJob } from "./wire/encode-job.ts";
import type { CaKey } from "./wire/encode-job.ts";

/** How {@link provider} writes. */
export interface ProviderOptions {
  /** `ca_file` when absent, as prometheus-k8s reads it; collectors read `ca`. Both hold PEM text. */
  readonly caKey?: CaKey;
  readonly optional?: boolean;
  readonly description?: string;
}

/**
 * The side that is scraped: publishes the charm's own telemetry, and reads what the scraper could not take.
 *
 * Wire-compatible with `MetricsEndpointProvider`. @see canonical/prometheus-k8s-operator, `prometheus_scrape` v0, patch 65.
 */
export function provider(options: ProviderOptions = {}): Endpoint<ScrapeFeedback, Telemetry> {
  const { caKey = "ca_file", ...told } = options;
  return {
    ...told,
    role: "provides",
    interface: "prometheus_scrape",
    carries: "telemetry",
    decode: readFeedback,
    encode: (value, _relation, self) => encode(value, self, caKey),
  };
}

function encode(value: Telemetry, self: Self, caKey: CaKey): BagWrites {
  const unit = { ...unitAddress.write(self.network.address), ...unitName.write(self.topology.unit) };
  if (!self.leader) return { unit };
  // The groups are plain JSON in Prometheus's own form: their interfaces only lack the index signature.
  const rules = (value.ruleGroups.length === 0 ? {} : { groups: value.ruleGroups }) as PyJson;
  return {
    unit,
    application: {
      ...scrapeMetadata.write(topologyRecord(self)),
      ...scrapeJobs.write(value.scrapes.map((job) => encodeJob(job, caKey))),
      ...alertRules.write(rules),
    },
  };
}

function readFeedback(relation: RelationView): Decoded<ScrapeFeedback> {
  const origin = { endpoint: relation.endpoint, relation: relation.id };
  const read = event.read(relation.bags.remoteApplication, origin);
  const errors = reportedText(read.value?.["errors"]);
  const jobs = reportedText(read.value?.["scrape_job_errors"]);
  return {
    value: {
      ...(errors === undefined ? {} : { errors }),
      ...(jobs === undefined ? {} : { scrapeJobErrors: jobs }),
    },
    problems: [...read.problems, ...rejections([errors, jobs], relation)],
  };
}
