import type { Compiled } from "@orrery/charm";
import { problem } from "@orrery/problems";
import type { Topology } from "@orrery/topology";
import type { LokiCapabilities } from "../capabilities.ts";

/** An application that sends log lines, with the rules that it sent for them. */
export interface LogContributor {
  /** No unit. */
  readonly identity: Topology;
  /** Neither checked nor scoped. */
  readonly sentRules: readonly { readonly name: string; readonly rules: readonly unknown[] }[];
}

/**
 * Says what a Loki should be found to have of one contributor: a line that bears its identity.
 *
 * Its rules are not evaluated: one that is not held to its sender's identity would see, and alert about, everybody's lines. Each
 * group is a loss (`LOG_RULES_NOT_EVALUATED`).
 */
export function contributor(
  key: string,
  { identity, sentRules }: LogContributor,
  to: Pick<LokiCapabilities, "container">,
): Compiled {
  const { application, model, modelUuid } = identity;
  return {
    files: {},
    expectations: [
      {
        signal: "logs",
        kind: "stream",
        name: `${key}/${application}`,
        application,
        container: to.container,
        match: { juju_model: model, juju_model_uuid: modelUuid, juju_application: application },
      },
    ],
    losses: sentRules.map(({ name, rules }) =>
      problem("LOG_RULES_NOT_EVALUATED", {
        message: `${rules.length} LogQL rules of group ${name.slice(0, 200)} are not evaluated: nothing holds them to their sender's lines yet`,
        origin: { application, item: "alert_rules" },
      }),
    ),
  };
}
