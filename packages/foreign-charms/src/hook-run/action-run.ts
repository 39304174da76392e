/** One run of an action, and what it has answered so far. */
export interface ActionRun {
  readonly name: string;
  /** Such as `3`. */
  readonly id: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** What `action-set` said: texts, by names that may hold further names. */
  results: ActionValues;
  /** What `action-fail` said. */
  failure?: string;
}

/** Results in the form in which `orrery run` shows them. */
export interface ActionValues {
  readonly [name: string]: string | ActionValues;
}
