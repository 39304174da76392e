/** Why a hook tool refuses: what the charm's program reads on standard error, after `ERROR `. */
export class ToolError extends Error {
  /** 1: the command failed; 2: its arguments are none that it takes. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.name = "ToolError";
    this.exitCode = exitCode;
  }
}

/** The arguments are none that the tool takes. */
export function badArguments(message: string): ToolError {
  return new ToolError(message, 2);
}
