/** What kinds of files of ours there are. All lie directly in one folder; the name tells the kind. */
export const KINDS = ["scrape", "sd", "targets", "ca", "rules"] as const;

/** A kind of file: jobs, targets of our own jobs, targets for a job of the user's, certificates, rules. */
export type ObjectKind = (typeof KINDS)[number];

const NAME =
  /^(?:(?:scrape|sd|targets|rules)-[A-Za-z0-9_][A-Za-z0-9._-]*\.yml|ca-[A-Za-z0-9_][A-Za-z0-9._-]*\.pem)$/;

/** The name of a file of a contributor. */
export function objectKey(kind: ObjectKind, name: string): string {
  return `${kind}-${name}.${kind === "ca" ? "pem" : "yml"}`;
}

/** Says of which kind a file of this name would be; nothing for names that are none of ours. */
export function kindOf(name: string): ObjectKind | undefined {
  if (!NAME.test(name)) return undefined;
  return KINDS.find((kind) => name.startsWith(`${kind}-`));
}

/** Whether the server watches files of this kind by itself. */
export function isWatched(name: string): boolean {
  const kind = kindOf(name);
  return kind === "sd" || kind === "targets";
}
