/** Reads the option `adopt`: labels by product. What the option's pattern has let through always reads. */
export function readAdopt(text: string): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const parts = text.split(" ").filter((part) => part !== "");
  return Object.fromEntries(
    parts.map((part) => {
      const [product, labels] = split(part, "=");
      return [product, Object.fromEntries(labels.split(",").map((label) => split(label, ":")))];
    }),
  );
}

/** A text at the first of a sign: what follows may hold more of them. */
function split(text: string, sign: string): readonly [string, string] {
  const at = text.indexOf(sign);
  return [text.slice(0, at), text.slice(at + 1)];
}
