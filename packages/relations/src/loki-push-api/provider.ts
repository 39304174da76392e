import type { BagWrites, Endpoint, RelationView, Self } from "@orrery/charm";
import type { ScopeMode } from "@orrery/query";
import type { Decoded } from "@orrery/telemetry";
import { readIdentity } from "../identity/read-identity.ts";
import { atMost } from "../reporting/at-most.ts";
import type { LogSender } from "./reading/log-sender.ts";
import { readSentRules } from "./reading/read-sent-rules.ts";
import { alertRules, endpoint, event, metadata, publicAddress, PUSH_PATH } from "./wire/bag-fields.ts";

/** How {@link provider} reads. */
export interface ProviderOptions {
  /**
   * `strict` when absent: only the related application's own identity is taken, a claim of another is reported.
   * `compatible`: forwarders may speak for others, as the field's collectors do.
   */
  readonly scoping?: ScopeMode;
  readonly limit?: number;
  readonly optional?: boolean;
  readonly description?: string;
}

/** Where log lines are taken, and what was wrong with the rules that were sent. */
export interface LogsProvided {
  /** Base URL as other units reach it, without the path of the API: `http://127.3.0.1:3100`. */
  readonly url: string;
  /** For the rules' author; absent when all were taken. */
  readonly errors?: string;
}

/**
 * The side that stores log lines: each unit publishes where it takes them, and the leader what was wrong with rules.
 *
 * It reads who sends and which rules came along; rules are taken by their form, see {@link LogSender}. Wire-compatible with
 * `LokiPushApiProvider`, but for `promtail_binary_zip_url`: Promtail is at end of life, and charms that would download it find no address.
 *
 * @see canonical/loki-k8s-operator, `loki_push_api` v1, patch 30.
 */
export function provider(options: ProviderOptions = {}): Endpoint<LogSender, LogsProvided> {
  const { scoping = "strict", ...told } = options;
  return {
    ...told,
    role: "provides",
    interface: "loki_push_api",
    decode: (relation) => decode(relation, scoping),
    encode,
  };
}

function encode({ url, errors }: LogsProvided, _relation: RelationView, self: Self): BagWrites {
  const base = url.replace(/\/+$/, "");
  const unit = {
    ...endpoint.write({ url: `${base}${PUSH_PATH}` }),
    ...publicAddress.write(new URL(base).hostname),
  };
  return self.leader ? { unit, application: event.write(errors === undefined ? {} : { errors }) } : { unit };
}

function decode(relation: RelationView, scoping: ScopeMode): Decoded<LogSender> {
  const origin = { application: relation.application, endpoint: relation.endpoint, relation: relation.id };
  const bag = relation.bags.remoteApplication;
  const record = metadata.read(bag, origin);
  const identity = readIdentity(relation, record.value, { origin, scoping, key: metadata.key });
  // Peers skip a relation whose units are all gone, whatever its application bag still holds.
  if (relation.units.length === 0)
    return { value: { identity: identity.value, sentRules: [] }, problems: [] };
  const rules = alertRules.read(bag, origin);
  const groups = readSentRules(rules.value?.groups ?? [], origin);
  const problems = [record, identity, rules, groups].flatMap((part) => part.problems);
  return {
    value: { identity: identity.value, sentRules: groups.value },
    problems: atMost(problems, origin),
  };
}
