import { createHash } from "node:crypto";
import type { FileOutcome, RejectedFile } from "@orrery/charm";
import type { Problem } from "@orrery/problems";

/** What a host says was refused, by path. */
export type Rejected = Readonly<Record<string, RejectedFile>>;

/** Gives why files, as they now stand, were refused; a rejection of another content than the present one says nothing. */
export function rejections(
  files: Readonly<Record<string, FileOutcome>>,
  rejected: Rejected,
): readonly Problem[] {
  return Object.entries(rejected).flatMap(([path, { digest, problem }]) => {
    const file = files[path];
    if (!file || digest !== sha256(file.content)) return [];
    return [{ ...problem, origin: { ...problem.origin, ...file.origin } }];
  });
}

/** SHA-256 of a text as UTF-8, 64 hexadecimal digits. */
export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
