import { createHash } from "node:crypto";
import type { CharmSession, Outcome, View } from "@orrery/charm";
import { OrreryError, isOrreryError, problem } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import { keepMaterials, keptMaterials } from "../outcome/keep-materials.ts";
import { keepSecrets } from "../outcome/keep-secrets.ts";
import { planBags, presentBags } from "../outcome/plan-bags.ts";
import { buildView } from "../view/build-view.ts";
import type { UnitParts } from "../view/build-view.ts";
import { look } from "../view/look.ts";
import { RelationVersions } from "../view/relation-versions.ts";
import type { AppliedContainer, PlacedContainer } from "../workload/workload.ts";
import type { Host } from "./host.ts";

/** Times that a charm is run until what it sees of itself no longer changes; those that go on for ever are stopped here. */
const MOST_ROUNDS = 10;
/** Times that its containers are seen to in one hook, since what became of them may change what it wants. */
const MOST_APPLIES = 3;

/** One unit in one hook: what it sees, and what its charm wants then. */
export class UnitRun {
  readonly #host: Host;
  readonly #session: CharmSession;
  readonly #placed: Readonly<Record<string, PlacedContainer>>;
  #parts: UnitParts;
  #outcome: Outcome | undefined;
  #viewKey = "";
  #rounds = 0;
  #found: readonly Problem[] = [];
  #applied: Readonly<Record<string, AppliedContainer>> = {};
  #applyFailed: readonly Problem[] = [];

  /** Looks at everything; nothing while the unit has no address. */
  static async begin(host: Host): Promise<UnitRun | undefined> {
    const { tools, context, charm, workload, kubernetes, now } = host;
    const seen = await look(tools, context, charm.manifest);
    if (!seen) return undefined;
    const placed = await workload.place();
    return new UnitRun(host, placed, {
      context,
      manifest: charm.manifest,
      seen,
      kubernetes,
      bags: presentBags(seen),
      ownSecrets: seen.ownSecrets,
      materials: keptMaterials(seen.ownSecrets),
      placed,
      observed: await workload.observe({}),
      published: {},
      external: [],
      versions: new RelationVersions(),
      now: now(),
    });
  }

  private constructor(host: Host, placed: Readonly<Record<string, PlacedContainer>>, parts: UnitParts) {
    this.#host = host;
    this.#placed = placed;
    this.#parts = parts;
    this.#session = host.charm.session();
  }

  /** What the unit sees now. */
  get view(): View {
    return buildView(this.#parts);
  }

  /** What it is now. */
  get parts(): UnitParts {
    return this.#parts;
  }

  /** What was found, by the charm and about it. */
  get problems(): readonly Problem[] {
    return [...this.#host.charm.problems, ...this.#found, ...this.hindrances];
  }

  /** What keeps the unit from being as its charm wants it, the gravest first. */
  get hindrances(): readonly Problem[] {
    const wanted = Object.keys(this.#outcome?.containers ?? {});
    return [
      ...wanted.flatMap((name) => this.#placed[name]?.problems ?? []),
      ...this.#applyFailed,
      ...Object.values(this.#applied).flatMap(({ problems }) => problems),
      ...this.#parts.seen.configProblems,
    ];
  }

  /**
   * Runs the charm until neither it nor its containers change any more, and gives what it wants then. Bags are only planned.
   *
   * @throws OrreryError `RECONCILE_FAILED`, `OUTCOME_INVALID`; `HOOK_TOOL_FAILED` for secrets that Juju does not take.
   */
  async settle(): Promise<Outcome> {
    let outcome = await this.#evaluate();
    for (let times = 0; times < MOST_APPLIES; times += 1) {
      await this.#apply(outcome);
      const next = await this.#evaluate();
      const same = JSON.stringify(next.containers) === JSON.stringify(outcome.containers);
      outcome = next;
      if (same) break;
    }
    return outcome;
  }

  /**
   * Has a new generation of a material made when the unit settles.
   *
   * @throws OrreryError `MATERIAL_UNKNOWN` when the unit has none of that id.
   */
  rotate(id: string): void {
    const { materials, context } = this.#parts;
    const material = materials.get(id);
    if (!material) {
      const message = `material ${JSON.stringify(id.slice(0, 100))} is none of ${context.unit}`;
      const remedy = `name one of: ${[...materials.keys()].join(", ") || "(it has none)"}`;
      throw new OrreryError("MATERIAL_UNKNOWN", message, { remedy, origin: { unit: context.unit } });
    }
    const asked = (material.asked ?? 0) + 1;
    this.#parts = { ...this.#parts, materials: new Map([...materials, [id, { ...material, asked }]]) };
  }

  async #evaluate(): Promise<Outcome> {
    for (;;) {
      const { view } = this;
      // A digest, so that no secret stands in it.
      const key = createHash("sha256").update(JSON.stringify(view)).digest("hex");
      if (this.#outcome && key === this.#viewKey) return this.#outcome;
      this.#viewKey = key;
      this.#rounds += 1;
      const outcome = this.#session.evaluate(view);
      await this.#takeIn(outcome);
      this.#outcome = outcome;
      if (this.#rounds % MOST_ROUNDS === 0) {
        const message = `${this.#parts.context.unit} did not come to rest in ${MOST_ROUNDS} rounds because of what it writes itself`;
        this.#found = [...this.#found, problem("SETTLE_CYCLE", { message })];
        return outcome;
      }
    }
  }

  async #takeIn(outcome: Outcome): Promise<void> {
    const { tools, random, now } = this.#host;
    const { context, seen, ownSecrets, materials: kept } = this.#parts;
    const { leader } = seen;
    const { bags, problems } = planBags(this.#parts.bags, outcome.bags, { unit: context.unit, leader });
    const own = await keepSecrets(outcome.secrets, { tools, leader, own: ownSecrets });
    const made = await keepMaterials(outcome.materials, {
      tools,
      making: { kept, random, now },
      ownSecrets: own,
    });
    this.#found = [...outcome.problems, ...problems, ...made.problems];
    this.#parts = {
      ...this.#parts,
      bags,
      ownSecrets: made.ownSecrets,
      materials: made.materials,
      external: Object.keys(outcome.external).toSorted(),
    };
  }

  async #apply({ containers }: Outcome): Promise<void> {
    const { workload } = this.#host;
    const ready = Object.entries(containers).filter(([name]) => this.#placed[name]?.problems.length === 0);
    this.#applyFailed = [];
    try {
      this.#applied = await workload.apply(Object.fromEntries(ready));
    } catch (cause) {
      // Its relations must not suffer from its containers.
      this.#applyFailed = [workloadProblem(cause)];
    }
    this.#parts = {
      ...this.#parts,
      published: this.#applied,
      observed: await workload.observe(containers),
    };
  }
}

/** What was refused, or what the file system said. @throws whatever else it is, which is a fault of ours. */
function workloadProblem(cause: unknown): Problem {
  if (isOrreryError(cause)) return cause.toProblem();
  if (!(cause instanceof Error && "errno" in cause)) throw cause;
  return problem("PUBLICATION_FAILED", {
    message: `files of the workload could not be written: ${cause.message}`,
  });
}
