/** A bag. */
export type Texts = Readonly<Record<string, string>>;

/** A relation as a unit's agent knows it. */
export interface JujuRelation {
  readonly endpoint: string;
  readonly application: string;
  /** Of the other side; of the own application's other units for a peer relation. */
  readonly units: readonly string[];
  /** By the name of the unit or application that wrote them. */
  readonly bags: Readonly<Record<string, Texts>>;
  /** The other side's model; this one's when absent. */
  readonly modelUuid?: string;
  /** Whether both sides are one application. */
  readonly peers?: boolean;
}

/** A secret as the controller keeps it. */
export interface JujuSecret {
  readonly content: Texts;
  readonly revision: number;
  readonly label?: string;
  /** Name of the unit or application that owns it. */
  readonly owner: string;
  /** Ids of the relations that it was granted to. */
  readonly grants: readonly number[];
}

/** Everything that one unit's agent answers from. Each hook works on a copy, which counts once the hook has succeeded. */
export interface JujuState {
  readonly unit: string;
  readonly model: { readonly name: string; readonly uuid: string };
  readonly version: string;
  readonly leader: boolean;
  readonly address: string;
  /** Values that were set or have a default. */
  readonly config: Readonly<Record<string, string | number | boolean>>;
  readonly endpoints: readonly string[];
  /** By id. */
  readonly relations: Readonly<Record<number, JujuRelation>>;
  /** Units of the application with their status. */
  readonly units: Readonly<Record<string, string>>;
  readonly ports: readonly string[];
  /** By id. */
  readonly secrets: Readonly<Record<string, JujuSecret>>;
  readonly state: Texts;
  /** Paths by name; a resource that is not among them was not attached. */
  readonly resources: Texts;
  /** Parameters, while an action runs. */
  readonly action?: { readonly name: string; readonly params: Readonly<Record<string, unknown>> };
  readonly nextSecret: number;
}

/** What takes effect at once, whatever becomes of the hook. */
export interface Effects {
  status: { readonly status: string; readonly message: string } | undefined;
  workloadVersion: string | undefined;
  readonly log: { readonly level: string; readonly message: string }[];
  results: Record<string, string>;
  failure: string | undefined;
}

/** A state with what a unit has that was just made; a test says what is different. */
export function jujuState(given: Partial<JujuState> & Pick<JujuState, "unit">): JujuState {
  return {
    model: { name: "test", uuid: "00000000-0000-4000-8000-000000000000" },
    version: "3.6.14",
    leader: false,
    address: "10.0.0.2",
    config: {},
    endpoints: [],
    relations: {},
    units: { [given.unit]: "active" },
    ports: [],
    secrets: {},
    state: {},
    resources: {},
    nextSecret: 1,
    ...given,
  };
}
