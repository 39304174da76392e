import type { Endpoint, RelationView } from "@orrery/charm";
import type { Origin } from "@orrery/problems";
import { grantCheck } from "@orrery/telemetry";
import type { Decoded, Telemetry } from "@orrery/telemetry";
import { readIdentity } from "../identity/read-identity.ts";
import { atMost } from "../reporting/at-most.ts";
import type { ScrapeFeedback } from "./feedback.ts";
import { distinctNames } from "./reading/distinct-names.ts";
import type { ScopeMode } from "@orrery/query";
import { readJob } from "./reading/read-job.ts";
import { readRules } from "./reading/read-rules.ts";
import { targetBudget } from "./reading/read-targets.ts";
import { unitHosts } from "./reading/unit-hosts.ts";
import { alertRules, event, scrapeJobs, scrapeMetadata } from "./wire/bag-fields.ts";

/** How {@link requirer} reads. */
export interface RequirerOptions {
  /**
   * `strict` when absent: only the related application's own identity is taken, anything else is refused and reported.
   * `compatible`: forwarders may speak for others, as the field's collectors do, and unknown keys cost a job nothing.
   */
  readonly scoping?: ScopeMode;
  readonly limit?: number;
  readonly optional?: boolean;
  readonly description?: string;
}

/**
 * The side that scrapes: reads what peers and our own charms publish, and tells them what it could not take.
 *
 * Jobs are rebuilt from what they may hold, wildcards stand for the units, targets must be granted. One bad job, target or rule
 * changes nothing about its neighbours. Wire-compatible with `MetricsEndpointConsumer`.
 *
 * @see canonical/prometheus-k8s-operator, `prometheus_scrape` v0, patch 65.
 */
export function requirer(options: RequirerOptions = {}): Endpoint<Telemetry, ScrapeFeedback> {
  const { scoping = "strict", ...told } = options;
  return {
    ...told,
    role: "requires",
    interface: "prometheus_scrape",
    decode: (relation) => decode(relation, scoping),
    encode: ({ errors, scrapeJobErrors }, _relation, self) => {
      if (!self.leader) return {};
      return { application: event.write({ errors, scrape_job_errors: scrapeJobErrors }) };
    },
  };
}

function decode(relation: RelationView, scoping: ScopeMode): Decoded<Telemetry> {
  const origin: Origin = {
    application: relation.application,
    endpoint: relation.endpoint,
    relation: relation.id,
  };
  const bag = relation.bags.remoteApplication;
  const metadata = scrapeMetadata.read(bag, origin);
  const identity = readIdentity(relation, metadata.value, {
    origin,
    scoping,
    key: scrapeMetadata.key,
  });
  const nothing = { identity: identity.value, scrapes: [], ruleGroups: [] };
  // Peers skip a relation whose units are all gone, whatever its application bag still holds.
  if (relation.units.length === 0) return { value: nothing, problems: [] };
  const wildcards = metadata.value !== undefined;
  const hosts = wildcards ? unitHosts(relation, { origin, scoping }) : { value: [], problems: [] };
  const list = scrapeJobs.read(bag, origin);
  const units = [...relation.units, ...hosts.value.map(({ unit }) => unit)];
  const scope = {
    budget: targetBudget(),
    isGranted: grantCheck(relation.granted),
    identity: identity.value,
    units,
    hosts: hosts.value,
    wildcards,
    granted: relation.granted,
    scoping,
    origin,
  };
  const jobs = (list.value ?? []).map((job, index) => readJob(job, index, scope));
  const rules = alertRules.read(bag, origin);
  const groups = readRules(rules.value?.groups ?? [], { identity: identity.value, units, scoping, origin });
  const problems = [metadata, identity, hosts, list, ...jobs, rules, groups].flatMap((part) => part.problems);
  return {
    value: { identity: identity.value, scrapes: distinctNames(jobs), ruleGroups: groups.value },
    problems: atMost(problems, origin),
  };
}
