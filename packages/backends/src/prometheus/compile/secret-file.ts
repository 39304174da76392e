import type { FileOutcome } from "@orrery/charm";
import { sha256 } from "../../judging/rejections.ts";

/** Files that a job names by path: what came as text, under digest names, readable by the server alone. */
export class SecretFiles {
  readonly files: Record<string, FileOutcome> = {};
  readonly #contributor: string;

  constructor(contributor: string) {
    this.#contributor = contributor;
  }

  /** Puts a text into a file and gives its path, relative to the configuration file. */
  add(content: string): string {
    const path = `secrets/${this.#contributor}/${sha256(content)}`;
    // The name tells the content: a change of it is a change of the job that names it, which reloads anyway.
    this.files[path] = { content, mode: "0600", onChange: "reload", contributor: this.#contributor };
    return path;
  }
}
