/** The bare id of a secret however it is written: `secret:ID`, `secret://MODEL/ID` or the id itself. */
export function bareSecretId(text: string): string {
  return text.replace(/^secret:(?:\/\/[^/]*\/)?/u, "");
}
