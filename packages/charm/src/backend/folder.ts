/** One file of a folder. */
export interface FolderFile {
  readonly content: string;
  /** Whatever tells this content from another, such as a digest. */
  readonly version: string;
}

/** Looks at the files that lie directly in one folder; links are not followed, folders in it not entered. */
export interface FolderReader {
  /** Why the folder cannot be used, in words; nothing when it can. */
  readonly fault: (use: "read" | "write") => Promise<string | undefined>;
  /** Names of regular files, sorted. */
  readonly list: () => Promise<readonly string[]>;
  /** Nothing when no such file is there. @throws OrreryError `EXTERNAL_OBJECT_THEIRS` for what is no regular file. */
  readonly read: (name: string) => Promise<FolderFile | undefined>;
}

/** Changes such files, each as a whole: readers see the old content or the new one. */
export interface Folder extends FolderReader {
  /**
   * Writes a file whose present version is the one given; `absent` for one that is not there.
   *
   * @throws OrreryError `EXTERNAL_CHANGED` when it is another one, `EXTERNAL_WRITE_FAILED`.
   */
  readonly write: (name: string, content: string, ifVersion: string) => Promise<void>;
  /** Removes what a write that was interrupted has left beside these files. */
  readonly tidy: (names: readonly string[]) => Promise<void>;
  /** Removes a file of that version. @throws OrreryError as `write` does. */
  readonly remove: (name: string, ifVersion: string) => Promise<void>;
}
