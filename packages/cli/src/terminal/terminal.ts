/** A style of `util.styleText`, as far as we use them. */
export type Style = "bold" | "dim" | "green" | "red" | "yellow" | "cyan";

/** Dresses a text for whoever reads it; gives it back as it is where colours do not belong. */
export type Paint = (style: Style, text: string) => string;

/** Where a command speaks, and what it knows of the place it was typed in. */
export interface Terminal {
  /** What was asked for. */
  readonly out: (text: string) => void;
  /** Progress, warnings and errors. */
  readonly tell: (text: string) => void;
  /** Colours for what goes to `out`. */
  readonly paint: Paint;
  /** Colours for what goes to `tell`. */
  readonly paintTold: Paint;
  /** Whether a person looks at `out`, so that it may be drawn anew. */
  readonly live: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  /** Aborted when the person has had enough (Ctrl-C) or the machine has (SIGTERM). */
  readonly interrupted: () => AbortSignal;
}
