/** What is wrong with a template, and where; caught by `checkTemplate`, never seen outside. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
  /** UTF-16 code units from 0. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}
