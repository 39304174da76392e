// @ts-check
/** A set-up step that cannot go on; its code is in the error registry, so `npx orrery explain CODE` tells more. */
export class SetUpFailure extends Error {
  /**
   * @param {string} code
   * @param {string} message what was found and what was allowed
   * @param {string} remedy how to mend it
   */
  constructor(code, message, remedy) {
    super(message);
    this.name = "SetUpFailure";
    this.code = code;
    this.remedy = remedy;
  }
}

/**
 * Prints a failure as one coded line and ends with exit code 1; anything else is a fault of ours and is thrown on.
 *
 * @param {unknown} error
 */
export function report(error) {
  if (!(error instanceof SetUpFailure)) throw error;
  process.stderr.write(`${error.code}: ${error.message}; ${error.remedy}\n`);
  process.exitCode = 1;
}
