/** What a person may have done to a model. Every field beside `command` is checked before anything is changed. */
export type Command =
  | DeployCommand
  | RemoveApplicationCommand
  | IntegrateCommand
  | RemoveRelationCommand
  | ConfigCommand
  | AddUnitCommand
  | RemoveUnitCommand
  | RunCommand
  | AddSecretCommand
  | UpdateSecretCommand
  | GrantSecretCommand
  | RevokeSecretCommand
  | RemoveSecretCommand
  | ApplyCommand
  | UndoCommand
  | DisconnectCommand;

/** A command that changes the model alone. */
export type ModelCommand = Exclude<Command, RunCommand | ApplyCommand | UndoCommand | DisconnectCommand>;

/** Deploys an application. */
export interface DeployCommand {
  readonly command: "deploy";
  /** Name, folder or `telemetry.yaml`, as the charm source understands it; kept, so give absolute paths. */
  readonly charm: string;
  /** The charm's own name when absent. */
  readonly application?: string;
  /** 0 to 100; 1 when absent. */
  readonly units?: number;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** Removes an application with its relations and units. */
export interface RemoveApplicationCommand {
  readonly command: "remove-application";
  readonly application: string;
}

/** Relates two applications; each side is `application` or `application:endpoint`. */
export interface IntegrateCommand {
  readonly command: "integrate";
  readonly a: string;
  readonly b: string;
}

/** Removes a relation; each side as for {@link IntegrateCommand}. */
export interface RemoveRelationCommand {
  readonly command: "remove-relation";
  readonly a: string;
  readonly b: string;
}

/** Sets and resets options. */
export interface ConfigCommand {
  readonly command: "config";
  readonly application: string;
  /** Values of the options' types, or texts as Juju's command line has them. */
  readonly set?: Readonly<Record<string, unknown>>;
  readonly reset?: readonly string[];
}

/** Adds units. */
export interface AddUnitCommand {
  readonly command: "add-unit";
  readonly application: string;
  /** 1 when absent. */
  readonly count?: number;
}

/** Removes one unit. */
export interface RemoveUnitCommand {
  readonly command: "remove-unit";
  readonly unit: string;
}

/** Runs an action on one unit. */
export interface RunCommand {
  readonly command: "run";
  readonly unit: string;
  readonly action: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** Adds a secret of a person's, which no application may read yet. */
export interface AddSecretCommand {
  readonly command: "add-secret";
  /** Unique among people's secrets. */
  readonly name: string;
  /** Texts by key; at most 64 KiB. */
  readonly content: Readonly<Record<string, unknown>>;
  /** What it is for. */
  readonly info?: string;
}

/** Changes a person's secret. */
export interface UpdateSecretCommand {
  readonly command: "update-secret";
  /** Name, URI or id. */
  readonly secret: string;
  /** All that it holds from now on; as it is when absent. */
  readonly content?: Readonly<Record<string, unknown>>;
  readonly info?: string;
  /** Its new name. */
  readonly name?: string;
}

/** Lets applications read a person's secret. */
export interface GrantSecretCommand {
  readonly command: "grant-secret";
  /** Name, URI or id. */
  readonly secret: string;
  readonly applications: readonly string[];
}

/** Has applications read a person's secret no longer. */
export interface RevokeSecretCommand {
  readonly command: "revoke-secret";
  /** Name, URI or id. */
  readonly secret: string;
  readonly applications: readonly string[];
}

/** Removes a person's secret. */
export interface RemoveSecretCommand {
  readonly command: "remove-secret";
  /** Name, URI or id. */
  readonly secret: string;
}

/** What all commands that change a foreign system take. */
interface ExternalOptions {
  /** The bridge; the only one when absent. */
  readonly application?: string;
  /** What somebody else has changed of ours is overwritten. */
  readonly overwrite?: boolean;
  /** Longest wait for the system to report each step, in milliseconds; by how it takes changes in when absent. */
  readonly waitMs?: number;
}

/** Makes a foreign system what its bridge wants. */
export interface ApplyCommand extends ExternalOptions {
  readonly command: "apply";
}

/** Takes the last apply back. */
export interface UndoCommand extends ExternalOptions {
  readonly command: "undo";
}

/** Takes everything of ours out of a foreign system, and ends the bridge. */
export interface DisconnectCommand extends ExternalOptions {
  readonly command: "disconnect";
  /** The system is not asked whether they are gone. */
  readonly force?: boolean;
}

/** What came of a command. */
export interface CommandResult {
  /** One line for a person. */
  readonly message: string;
  /** The same for a program: plain JSON, by command. */
  readonly details: Readonly<Record<string, unknown>>;
}
