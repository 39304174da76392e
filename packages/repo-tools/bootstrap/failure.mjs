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

/** The set-up was told to end by a signal. */
export class Interrupted extends Error {
  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(`set-up ended by ${signal}`);
    this.name = "Interrupted";
    this.signal = signal;
  }
}

/**
 * Prints a failure as one coded line and ends with exit code 1, or ends by the signal that interrupted us; anything else is a
 * fault of ours and is thrown on.
 *
 * @param {unknown} error
 */
export function report(error) {
  // A wait that was interrupted carries the reason as its cause.
  const reason = error instanceof Error && error.name === "AbortError" ? error.cause : error;
  if (reason instanceof Interrupted) {
    process.kill(process.pid, reason.signal);
    return;
  }
  if (!(reason instanceof SetUpFailure)) throw reason;
  process.stderr.write(`${reason.code}: ${reason.message}; ${reason.remedy}\n`);
  process.exitCode = 1;
}
