/** A secret that the unit wants kept, and read by others. */
export interface SecretRequest {
  /** Keys as Juju allows them: lower-case letters and digits in groups joined by single hyphens, at least 3 characters. */
  readonly content: Readonly<Record<string, string>>;
  /** Ids of the relations whose other side may read it. */
  readonly grants: readonly number[];
  /**
   * `application` when absent: one secret for all units, who may all read it; what its leader wants counts.
   * `unit`: the unit's own.
   */
  readonly owner?: "application" | "unit";
  /** 20 characters of 0–9 and a–z that become its id, for one who has to know it before; the host chooses when absent. */
  readonly id?: string;
}
