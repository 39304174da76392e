import { OrreryError, isOrreryError } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import { bindTelemetry } from "@orrery/telemetry";
import type { Decoded, ResolvedTelemetry, Telemetry } from "@orrery/telemetry";
import type { ConfigSchema } from "../definition/config.ts";
import type { Context } from "../definition/context.ts";
import type { CharmDefinition } from "../definition/charm-definition.ts";
import type { Draft } from "../definition/draft.ts";
import { PerRelation } from "../definition/draft.ts";
import type { Endpoints, Self } from "../definition/endpoint.ts";
import type { ContainerSpec, PortSpec } from "../definition/manifest.ts";
import { validateOutcome } from "../outcome/validate-outcome.ts";
import type { BagWrites, Outcome } from "../outcome/outcome.ts";
import type { View } from "../view/view.ts";
import { containersFor, networkFor, secretsFor, selfOf } from "./context-parts.ts";
import { DeriveMemory } from "./derive.ts";
import { operatorTargets } from "./operator-targets.ts";
import { expectDraft } from "./read-draft.ts";
import type { CharmSession, SessionCounters } from "./charm-session.ts";
import { RelationMemory } from "./relation-memory.ts";

/** Runs one charm for one unit, remembering what it decoded, derived and encoded. */
export class Session<
  Config extends ConfigSchema,
  Ports extends Readonly<Record<string, PortSpec>>,
  Containers extends Readonly<Record<string, ContainerSpec>>,
  Ends extends Endpoints,
> implements CharmSession {
  readonly #definition: CharmDefinition<Config, Ports, Containers, Ends>;
  readonly #resolved: ResolvedTelemetry | undefined;
  readonly #derive = new DeriveMemory();
  readonly #relations = new RelationMemory();

  constructor(
    definition: CharmDefinition<Config, Ports, Containers, Ends>,
    resolved: ResolvedTelemetry | undefined,
  ) {
    this.#definition = definition;
    this.#resolved = resolved;
  }

  get counters(): SessionCounters {
    return { ...this.#relations.counters, ...this.#derive.counters };
  }

  evaluate(view: View): Outcome {
    const self = selfOf(view);
    const decoded = this.#relations.decode(this.#definition.endpoints ?? {}, view);
    const { endpoints } = decoded;
    // The definition's own types describe what the generic parts above give: one assertion, here, instead of many.
    const context = {
      self,
      leader: view.leader,
      config: view.config,
      network: networkFor(view),
      containers: containersFor(view),
      endpoints,
      materials: view.materials,
      secrets: secretsFor(view),
      due: view.due,
      external: view.external,
      telemetry: undefined,
      derive: this.#derive.functions(),
      view,
    } as Omit<Context<Config, Ports, Containers, Ends>, "telemetry"> & { telemetry: Telemetry | undefined };
    const declared = this.#telemetry(context);
    context.telemetry = declared.value;
    const draft = this.#reconcile(context);
    const problems: Problem[] = [...declared.problems, ...(draft.problems ?? []), ...decoded.problems];
    for (const { problems: found } of Object.values(endpoints)) problems.push(...found);
    return validateOutcome({
      protocol: 1,
      status: draft.status,
      bags: this.#publish(view, self, { draft, telemetry: declared.value }),
      containers: draft.containers ?? {},
      materials: draft.materials ?? {},
      secrets: draft.secrets ?? {},
      openedPorts: draft.openedPorts ?? [],
      deadlines: draft.deadlines ?? [],
      external: draft.external ?? {},
      problems,
      expectations: draft.expectations ?? [],
    });
  }

  #telemetry(context: Context<Config, Ports, Containers, Ends>): Decoded<Telemetry | undefined> {
    const resolved = this.#resolved;
    const declared = this.#definition.telemetry;
    if (!resolved || !declared) return { value: undefined, problems: [] };
    const adapted = this.#definition.adapt
      ? guard(() => this.#definition.adapt?.(declared, context))
      : declared;
    const { unit: _unit, ...identity } = context.self.topology;
    const metrics = adapted?.metrics ?? [];
    const targets = operatorTargets(this.#definition, context.view);
    const { network } = context.view;
    const from = [JSON.stringify([identity, metrics, network, context.view.config, context.view.units])];
    return context.derive("orrery:telemetry", from, () =>
      bindTelemetry(resolved, {
        identity,
        metrics,
        ports: network.ports,
        ...(network.shared ? { shared: { address: network.address, ports: network.shared } } : {}),
        options: context.view.config,
        units: context.view.units,
        ...(targets === undefined ? {} : { targets }),
      }),
    );
  }

  #reconcile(context: Context<Config, Ports, Containers, Ends>): Draft<Containers, Ends> {
    const draft: unknown = guard(() => this.#definition.reconcile(context));
    expectDraft(draft, {
      endpoints: Object.keys(this.#definition.endpoints ?? {}),
      containers: Object.keys(this.#definition.containers ?? {}),
    });
    return draft as Draft<Containers, Ends>;
  }

  #publish(
    view: View,
    self: Self,
    from: { readonly draft: Draft<Containers, Ends>; readonly telemetry: Telemetry | undefined },
  ): Record<string, BagWrites> {
    const bags: Record<string, BagWrites> = {};
    const published: Readonly<Record<string, unknown>> = from.draft.publish ?? {};
    for (const relation of view.relations) {
      const endpoint = this.#definition.endpoints?.[relation.endpoint];
      if (!endpoint) continue;
      let value: unknown = published[relation.endpoint];
      const each = value instanceof PerRelation;
      if (value instanceof PerRelation) value = value.values.get(this.#relations.keyOf(relation));
      if (value === undefined && endpoint.carries === "telemetry") value = from.telemetry;
      if (value !== undefined) {
        const written = value;
        bags[String(relation.id)] = guard(() =>
          this.#relations.encode(endpoint, { value: written, relation, self }),
        );
      } else if (endpoint.announce) {
        const { announce } = endpoint;
        bags[String(relation.id)] = guard(() => announce(relation, self));
      } else if (each) {
        bags[String(relation.id)] = { unit: {}, ...(self.leader ? { application: {} } : {}) };
      }
    }
    return bags;
  }
}

function guard<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (cause) {
    if (isOrreryError(cause)) throw cause;
    const told = cause instanceof Error ? cause.message : String(cause);
    throw new OrreryError("RECONCILE_FAILED", `charm threw: ${told}`, { cause });
  }
}
