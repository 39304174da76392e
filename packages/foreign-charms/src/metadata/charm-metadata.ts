import type { Manifest } from "@orrery/charm";
import type { Problem } from "@orrery/problems";

/** What is known of a foreign charm from its metadata alone. */
export interface CharmMetadata {
  readonly manifest: Manifest;
  /** Names that `network-get` takes beside the endpoints. */
  readonly extraBindings: readonly string[];
  /** Storage of kind `filesystem` by name, with how many of each a unit gets. */
  readonly storage: Readonly<Record<string, number>>;
  /** What is declared and not used here. */
  readonly problems: readonly Problem[];
  /**
   * The files that a charm's program reads at run time, where the charm's folder has them only as parts of `charmcraft.yaml`:
   * contents by name, as `charmcraft pack` splits them.
   */
  readonly split: Readonly<Record<string, string>>;
}
