/** Keeps texts unreadable while they lie in the store. */
export interface Vault {
  /**
   * Makes a text unreadable to those without the vault's key.
   *
   * @param place - Where the sealed text will lie; it opens for that place alone.
   * @returns a text that does not start with `{`, which tells it from JSON.
   */
  readonly seal: (text: string, place: string) => string;
  /**
   * Gives back what was sealed for a place.
   *
   * @throws OrreryError `SECRETS_KEY_WRONG` when it was sealed with another key, `STORE_FAILED` when it was changed or moved.
   */
  readonly open: (sealed: string, place: string) => string;
}
