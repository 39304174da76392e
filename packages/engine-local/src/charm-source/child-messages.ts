/** What a host asks of a charm's process; each is answered by a {@link ChildAnswer} of the same id. */
export type ChildRequest =
  | { readonly id: number; readonly ask: "load"; readonly folder: string }
  | { readonly id: number; readonly ask: "evaluate"; readonly session: number; readonly view: unknown }
  | { readonly id: number; readonly ask: "act"; readonly request: unknown };

/** What a host says without wanting an answer. */
export type ChildNotice =
  | { readonly say: "close"; readonly session: number }
  | {
      readonly say: "tool-result";
      readonly call: number;
      readonly value?: unknown;
      readonly failure?: ChildFailure;
    };

/** An error as plain JSON. */
export interface ChildFailure {
  /** The error's own code, when it is one of ours. */
  readonly code?: string;
  readonly message: string;
  readonly remedy?: string;
}

/** What a charm's process answers. */
export type ChildAnswer =
  | { readonly id: number; readonly value: unknown; readonly counters?: unknown }
  | { readonly id: number; readonly failure: ChildFailure };

/** An action in a charm's process wants one of its tools. */
export interface ChildToolCall {
  readonly call: number;
  /** The request that the action runs for. */
  readonly id: number;
  readonly tool: "get" | "exec" | "rotate";
  readonly arguments: readonly unknown[];
}
