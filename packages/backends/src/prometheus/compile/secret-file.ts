import type { FileOutcome } from "@orrery/charm";
import { sha256 } from "../../judging/rejections.ts";

/** Files that a contributor's jobs name by path: what came as text or as a secret, readable by the server alone. */
export class SecretFiles {
  readonly files: Record<string, FileOutcome> = {};
  readonly #contributor: string;

  constructor(contributor: string) {
    this.#contributor = contributor;
  }

  /**
   * Gives what puts a job's texts into files.
   *
   * A name is a digest of what the text is for, never of the text: Prometheus reads these files at each scrape, so a new token replaces
   * the old one in place, at no reload and without a scrape that finds neither.
   *
   * @param job - Unique among the contributor's.
   * @see prometheus/common, config: `credentials_file`, `password_file` and `ca_file` are read again by each request.
   */
  ofJob(job: string): AddSecretFile {
    return (content, purpose) => {
      const path = `secrets/${this.#contributor}/${sha256(JSON.stringify([job, purpose]))}`;
      this.files[path] = { content, mode: "0600", onChange: "none", contributor: this.#contributor };
      return path;
    };
  }
}

/** Puts a text into a file and gives its path, relative to the configuration file. */
export type AddSecretFile = (content: string, purpose: "credentials" | "ca") => string;
