/** Takes a URL path of printable ASCII without query and fragment; adds the slash that some leave out; `""` stays. */
export function readPath(text: string): string | undefined {
  if (!/^[!-"$->@-~]*$/.test(text)) return undefined;
  return text === "" || text.startsWith("/") ? text : `/${text}`;
}
