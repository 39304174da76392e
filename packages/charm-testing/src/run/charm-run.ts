import type { BagWrites, ContainerOutcome, Outcome, View } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";

/** What a charm wanted on one view, with shorter ways to ask. */
export class CharmRun {
  readonly view: View;
  readonly outcome: Outcome;

  constructor(view: View, outcome: Outcome) {
    this.view = view;
    this.outcome = outcome;
  }

  /** `active: 3 products`, or the status alone when it has no message. */
  get status(): string {
    const { status, message } = this.outcome.status;
    return message === "" ? status : `${status}: ${message}`;
  }

  /** Codes of the problems found, in order. */
  get codes(): readonly string[] {
    return this.outcome.problems.map(({ code }) => code);
  }

  /** What the unit wrote in the one relation of an endpoint, or in the relation with this id; empty when it kept what it had. */
  published(endpoint: string, relation?: number): BagWrites {
    const found = this.view.relations.filter(
      (one) => one.endpoint === endpoint && (relation === undefined || one.id === relation),
    );
    const [one, ...others] = found;
    if (!one || others.length > 0) {
      throw new OrreryError(
        "VIEW_IMPOSSIBLE",
        `endpoint ${endpoint} has ${found.length} relations in this view; name one by its id`,
      );
    }
    return this.outcome.bags[String(one.id)] ?? {};
  }

  /** A container as it is wanted; one that is not wanted has no services. */
  container(name: string): ContainerOutcome {
    return this.outcome.containers[name] ?? { services: {} };
  }

  /** Contents of a container's files by path. */
  files(container: string): Readonly<Record<string, string>> {
    const files = Object.entries(this.container(container).files ?? {});
    return Object.fromEntries(files.map(([path, { content }]) => [path, content]));
  }
}
