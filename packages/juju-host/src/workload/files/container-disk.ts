/** A file to write. */
export interface DiskFile {
  /** Absolute. */
  readonly path: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
  /** Permission bits. */
  readonly mode: number;
}

/** What became of a command. */
export type CommandResult =
  | { readonly ran: true; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  /** It could not be started, or did not end in time. */
  | { readonly ran: false; readonly why: string };

/** The files of a container and its programs, wherever it is. */
export interface ContainerDisk {
  /** Texts by path; files that are not there are left out. */
  readonly read: (paths: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Writes each at once or not at all, with the folders above it. */
  readonly write: (files: readonly DiskFile[]) => Promise<void>;
  /** Removes files, and folders with all that is in them. */
  readonly remove: (paths: readonly string[]) => Promise<void>;
  /** Runs a command to its end, at most 60 s, in a folder that is there. */
  readonly run: (command: readonly string[], folder: string) => Promise<CommandResult>;
}
