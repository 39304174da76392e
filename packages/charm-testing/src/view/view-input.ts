import type {
  ConfigValue,
  ContainerView,
  ExternalView,
  MaterialView,
  RelationView,
  SecretView,
  View,
} from "@orrery/charm";

/** What a test says of a view; everything else is filled in as a host would. */
export interface ViewInput {
  /** The charm's name when absent. */
  readonly application?: string;
  /** Number of the unit; 0 when absent. */
  readonly unit?: number;
  /** How many units the application has, numbered from 0; enough for `unit` when absent. */
  readonly units?: number;
  /** The first unit leads when absent. */
  readonly leader?: boolean;
  /** `alive` when absent. */
  readonly life?: View["life"];
  /** Values that differ from the defaults. */
  readonly config?: Readonly<Record<string, ConfigValue>>;
  readonly relations?: readonly RelationInput[];
  readonly network?: { readonly address?: string; readonly ports?: Readonly<Record<string, number>> };
  readonly containers?: Readonly<Record<string, Partial<ContainerView>>>;
  /** By id; a text is the current value. `MaterialKeeper` has them really made. */
  readonly materials?: Readonly<Record<string, string | MaterialInput>>;
  /** By URI. */
  readonly secrets?: Readonly<Record<string, SecretView>>;
  readonly due?: readonly string[];
  readonly external?: Readonly<Record<string, ExternalView>>;
  readonly model?: View["model"];
  readonly memory?: unknown;
}

/** What a test says of a material; made on the first of January 2026 when it does not say. */
export interface MaterialInput extends Partial<MaterialView> {
  readonly current: string;
}

/** What a test says of a relation. */
export interface RelationInput {
  readonly endpoint: string;
  /** Position among the relations when absent. */
  readonly id?: number;
  /** `remote` when absent, with the id when there are several; the charm's own for peers. */
  readonly application?: string;
  readonly charm?: string;
  /** How many units the other side has, numbered from 0, or their names; 1 when absent. */
  readonly units?: number | readonly string[];
  /** 1 when absent. Another number has a session read the relation again. */
  readonly version?: number;
  readonly bags?: Partial<RelationView["bags"]>;
  /** What the other side may have scraped, `host:port`. */
  readonly granted?: readonly string[];
}
