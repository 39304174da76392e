import type { Code } from "@orrery/problems";

/** A kind of machine, as Go and the release pages of the field name it: `linux-amd64`. */
export type Platform = `${string}-${string}`;

/** One executable of a program. */
export interface ProgramBinary {
  /** What it is called in this project, and in what is built from source. */
  readonly name: string;
  /** Other names under which distributions install it, tried on the PATH after `name`. */
  readonly alsoCalled?: readonly string[];
}

/** How to see that a program runs, and which version it is. */
export interface VersionProbe {
  /** Arguments for the main binary, such as `--version`. */
  readonly arguments: readonly string[];
  /** Must match what the program writes (both streams); its first group, where there is one, is the version. */
  readonly says: RegExp;
  /** Exit codes that count as fine, 0 alone when absent. */
  readonly exitCodes?: readonly number[];
}

/** How to see that a program which tells its version also starts: with files of its own, on a free loopback port. */
export interface StartProbe {
  /** Files to write before the start, by name, into a temporary folder. */
  readonly files: Readonly<Record<string, string>>;
  /** Arguments for the main binary; `{folder}` stands for the temporary folder. */
  readonly arguments: readonly string[];
  /** What the program writes once it is up; it is ended then. */
  readonly ready: RegExp;
}

/** A source whose product goes into the cache. */
export type MakingRecipe = DebianRecipe | GoBuildRecipe | GoToolchainRecipe | ReleaseRecipe;

/** A source of a program, as data. The order in a manifest is the order of trying. */
export type SourceRecipe =
  | { readonly kind: "given" }
  | { readonly kind: "path" }
  | { readonly kind: "cache" }
  | { readonly kind: "running" }
  | MakingRecipe;

/** A Debian package, unpacked into the cache without root. Its services are not started, its scripts not run. */
export interface DebianRecipe {
  readonly kind: "debian";
  /** The binary package's name. */
  readonly package: string;
  /** Where each binary stands in the package, by the binary's name. */
  readonly files: Readonly<Record<string, string>>;
}

/** A Go build from a pinned go.mod and go.sum. */
export interface GoBuildRecipe {
  readonly kind: "go-build";
  /** Folder under `programs/` of this package that holds go.mod and go.sum. */
  readonly folder: string;
  /** The version that the program will tell. */
  readonly version: string;
  /** Import path of the main package, by the binary's name; `.` for the module in the folder itself. */
  readonly packages: Readonly<Record<string, string>>;
  /** Build tags. */
  readonly tags: readonly string[];
  /** Variables to set at link time (`-X`), by their full name. */
  readonly variables: Readonly<Record<string, string>>;
  /** Go files of the folder that are built with it, for a program whose main package is ours. */
  readonly sources?: readonly string[];
}

/** The Go toolchain itself, as the module zip `golang.org/toolchain` from a Go module proxy. */
export interface GoToolchainRecipe {
  readonly kind: "go-toolchain";
  /** Go's version without the leading `go`. */
  readonly version: string;
  /** The module's `h1:` checksum by platform, as the public checksum database has it. */
  readonly checksums: Readonly<Record<Platform, string>>;
}

/** A release archive (.tar.gz) with a pinned checksum. */
export interface ReleaseRecipe {
  readonly kind: "release";
  /** Address and SHA-256 (64 hexadecimal digits) of the archive by platform; `any` fits every platform. */
  readonly archives: Readonly<Record<string, { readonly url: string; readonly sha256: string }>>;
}

/** Something worth telling about a program, decided by what it says of itself. */
export interface NoteRule {
  readonly note: string;
  /** The note is left out when the version probe's output matches this. */
  readonly unless: RegExp;
}

/** All there is to know of a program: what it is, which versions do, and where it may come from. */
export interface ProgramManifest {
  /** The name by which charms ask for it. */
  readonly name: string;
  /** What it is, in one sentence. */
  readonly summary: string;
  /** Accepted versions, as `satisfies` reads them. */
  readonly versions: string;
  /** Its executables, the main one first; all must be there. */
  readonly binaries: readonly [ProgramBinary, ...ProgramBinary[]];
  /** Absent for a program of which only the name is known: it is then not run as a check. */
  readonly probe?: VersionProbe;
  readonly start?: StartProbe;
  readonly sources: readonly SourceRecipe[];
  readonly notes?: readonly NoteRule[];
  /** The code when no source gives it; `PROGRAM_UNAVAILABLE` when absent. */
  readonly unavailable?: Code;
}
