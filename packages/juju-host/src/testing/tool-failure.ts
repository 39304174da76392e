/** A tool refuses what it was asked. */
export class ToolFailure extends Error {
  override readonly name = "ToolFailure";
  readonly exitCode: number;

  constructor(message: string, exitCode: number = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
