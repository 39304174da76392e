import { createHash } from "node:crypto";
import type { Problem } from "@orrery/problems";
import type { Connection } from "../backend/foreign-backend.ts";

/** What a unit wants of a foreign system. Nothing is written there until a person applies it. */
export interface ExternalOutcome {
  /** Name of a door of `@orrery/backends`. */
  readonly backend: string;
  /** Where the system is; with `url`, the address by which it is read back. Never a secret. */
  readonly connection: Connection;
  /** URI of the secret by which it is reached: `token`, or `username` and `password`. */
  readonly credentials?: string;
  /** By key. Absent: everything stays as it is; `{}`: all of ours goes. */
  readonly objects?: Readonly<Record<string, ExternalObject>>;
  /** What is not carried, or not as it was declared, and what is carried in another way: one problem an item. */
  readonly losses?: readonly Problem[];
}

/** One object as it is wanted. */
export interface ExternalObject {
  /** Objects of a stage follow when those of the stages before are seen. */
  readonly stage: "targets" | "rules" | "dashboards";
  /** Plain JSON; a text where the object is a file. */
  readonly content: unknown;
  /** The contributor on whose account it is wanted. */
  readonly contributor?: string;
  /** What it holds, in a few words: `7 rules`. */
  readonly summary?: string;
}

/** SHA-256 of an object's content, by which it is told whether what was applied is what is wanted; 64 hexadecimal digits. */
export function contentDigest(content: unknown): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}
