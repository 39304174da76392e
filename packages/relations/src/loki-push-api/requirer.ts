import type { BagWrites, Endpoint, RelationView, Self } from "@orrery/charm";
import type { Json, PyJson } from "@orrery/databag";
import { problem } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import type { Decoded } from "@orrery/telemetry";
import { readGrantedUrl } from "../addressing/granted-url.ts";
import type { GrantedUrl } from "../addressing/granted-url.ts";
import { topologyRecord } from "../identity/topology-record.ts";
import { atMost } from "../reporting/at-most.ts";
import { rejections, reportedText } from "../reporting/read-event.ts";
import { alertRules, endpoint, event, metadata } from "./wire/bag-fields.ts";

/** What a sender says of itself: its LogQL rules; who it is, the library knows. */
export interface LogsOffered {
  /** Rule groups in Loki's own form, their expressions and labels already within the sender's identity; none when absent. */
  readonly logRuleGroups?: readonly Readonly<Record<string, Json>>[];
}

/** Where log lines are taken, and what was wrong with rules. */
export interface LogsTaken {
  /** URLs of the push API itself, sorted, each once; a line belongs to one of them, whichever it is. */
  readonly endpoints: readonly GrantedUrl[];
  /** What the store could not take of this application's rules. */
  readonly errors?: string;
}

/**
 * The side that sends log lines: reads where each unit of a store takes them, and publishes who sends, with its rules.
 *
 * A URL outside what was granted is left out and reported (`RELATION_URL_REFUSED`); what the store reports becomes a problem
 * (`RELATION_REJECTED`). Wire-compatible with `LokiPushApiConsumer`.
 *
 * @see canonical/loki-k8s-operator, `loki_push_api` v1, patch 30.
 */
export function requirer(
  options: { readonly limit?: number; readonly optional?: boolean; readonly description?: string } = {},
): Endpoint<LogsTaken, LogsOffered> {
  return {
    ...options,
    role: "requires",
    interface: "loki_push_api",
    announce: (relation, self) => encode({}, relation, self),
    decode,
    encode,
  };
}

function encode({ logRuleGroups = [] }: LogsOffered, _relation: RelationView, self: Self): BagWrites {
  if (!self.leader) return {};
  const rules: PyJson = logRuleGroups.length === 0 ? {} : { groups: logRuleGroups };
  return { application: { ...metadata.write(topologyRecord(self)), ...alertRules.write(rules) } };
}

function decode(relation: RelationView): Decoded<LogsTaken> {
  const problems: Problem[] = [];
  const found = new Map<string, GrantedUrl>();
  for (const unit of relation.units) {
    const origin = {
      application: relation.application,
      endpoint: relation.endpoint,
      relation: relation.id,
      unit,
    };
    const read = endpoint.read(relation.bags.remoteUnits[unit] ?? {}, origin);
    problems.push(...read.problems);
    if (read.value === undefined) continue;
    const url = readGrantedUrl(read.value.url, relation.granted);
    if ("refused" in url) problems.push(problem("RELATION_URL_REFUSED", { message: url.refused, origin }));
    else found.set(url.url, url);
  }
  const about = { endpoint: relation.endpoint, relation: relation.id };
  const told = event.read(relation.bags.remoteApplication, about);
  const errors = reportedText(told.value?.["errors"]);
  return {
    value: {
      endpoints: [...found.values()].toSorted((a, b) => (a.url < b.url ? -1 : 1)),
      ...(errors === undefined ? {} : { errors }),
    },
    problems: atMost([...problems, ...told.problems, ...rejections([errors], relation)], about),
  };
}
