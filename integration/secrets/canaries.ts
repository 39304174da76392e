import { lstatSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** A value that nobody but those who need it should ever meet. */
export interface Canary {
  readonly name: string;
  readonly value: string;
  /** Files of the folder, by relative path, that may hold it: as it is, and readable by their owner alone. */
  readonly mayLieIn: RegExp;
}

/** Where a canary was met that should not be there. */
export interface Sighting {
  readonly canary: string;
  readonly where: string;
  /** How it was written there. */
  readonly form: string;
}

interface Needle {
  readonly form: string;
  readonly bytes: Buffer;
}

/** Shorter pieces of a value are met by chance. */
const SHORTEST = 8;

/**
 * Looks for planted secrets in everything that a run leaves or says: outputs, files, arguments and environments of processes.
 *
 * Plant one token for each place at which a secret comes in, run, look at all that came out, and expect {@link sightings} to be empty.
 * Each is looked for as it is and as JSON, URL, hexadecimal and base64 write it; of several lines, each line counts.
 */
export class Canaries {
  readonly #planted: { readonly canary: Canary; readonly needles: readonly Needle[] }[] = [];
  readonly #sightings = new Map<string, Sighting>();
  /** What was said before its canary was planted: a host's own secrets are known only once it has made them. */
  readonly #heard: { readonly where: string; readonly bytes: Buffer }[] = [];
  readonly #atHome = new Set<string>();
  #bytes = 0;

  /** @throws Error for a value that could be met by chance. */
  plant(canary: Canary): void {
    const needles = needlesOf(canary.value);
    if (needles.length === 0)
      throw new Error(`canary ${canary.name} is too short to be told from other texts`);
    this.#planted.push({ canary, needles });
    for (const { where, bytes } of this.#heard) this.#search(where, bytes);
  }

  /** Whether a value is among the planted ones. */
  has(value: string): boolean {
    return this.#planted.some(({ canary }) => canary.value === value);
  }

  /** Looks at what was said or answered, now and for canaries to come. */
  look(where: string, said: string | Buffer): void {
    const bytes = Buffer.isBuffer(said) ? said : Buffer.from(said, "utf8");
    this.#bytes += bytes.byteLength;
    this.#heard.push({ where, bytes });
    this.#search(where, bytes);
  }

  /** Looks into every file below a folder, whatever its name and form. */
  lookThrough(folder: string): void {
    for (const path of filesBelow(folder)) {
      const found = lstatSync(join(folder, path), { throwIfNoEntry: false });
      const bytes = readIfThere(join(folder, path));
      this.#bytes += bytes.byteLength;
      this.#search(path, bytes, ((found?.mode ?? 0) & 0o777) === 0o600);
      this.#search(`name of ${path}`, Buffer.from(path, "utf8"));
    }
  }

  /** Looks at arguments and environments of processes. */
  lookAtProcesses(pids: readonly number[]): void {
    for (const pid of pids) {
      for (const what of ["cmdline", "environ"]) {
        const bytes = readIfThere(`/proc/${pid}/${what}`);
        this.#bytes += bytes.byteLength;
        this.#search(`/proc/${pid}/${what} (${readIfThere(`/proc/${pid}/comm`).toString().trim()})`, bytes);
      }
    }
  }

  /** What was met where it should not be, each place once. */
  get sightings(): readonly Sighting[] {
    return [...this.#sightings.values()];
  }

  /** Names of those that were met where they may lie: a search that meets none of them proves nothing. */
  get atHome(): readonly string[] {
    return [...this.#atHome].toSorted();
  }

  /** Bytes that were looked at. */
  get scanned(): number {
    return this.#bytes;
  }

  #search(where: string, bytes: Buffer, isPrivate: boolean = false): void {
    for (const { canary, needles } of this.#planted) {
      for (const { form, bytes: needle } of needles) {
        if (!bytes.includes(needle)) continue;
        if (form === "plain" && isPrivate && canary.mayLieIn.test(where)) {
          this.#atHome.add(canary.name);
          continue;
        }
        const sighting = { canary: canary.name, where, form };
        this.#sightings.set(JSON.stringify(sighting), sighting);
      }
    }
  }
}

function needlesOf(value: string): readonly Needle[] {
  const parts = value.split("\n").filter((line) => line.length >= SHORTEST && !line.startsWith("-----"));
  return parts.flatMap((part): Needle[] => {
    const bytes = Buffer.from(part, "utf8");
    const forms: readonly (readonly [string, string])[] = [
      ["plain", part],
      ["JSON", JSON.stringify(part).slice(1, -1)],
      ["URL", encodeURIComponent(part)],
      ["hexadecimal", bytes.toString("hex")],
      ...[0, 1, 2].map((shift) => ["base64", base64At(bytes, shift)] as const),
      ["reversed", Array.from(part).toReversed().join("")],
    ];
    const distinct = new Map(forms.map(([form, text]) => [text, form]));
    // The plain form keeps its name where another form writes the same.
    distinct.set(part, "plain");
    return [...distinct].map(([text, form]) => ({ form, bytes: Buffer.from(text, "utf8") }));
  });
}

/** How base64 writes bytes that stand so many bytes after a multiple of three; the first and last characters depend on others. */
function base64At(bytes: Buffer, shift: number): string {
  const written = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString("base64")
    .replace(/=+$/, "");
  const rest = (bytes.byteLength + shift) % 3;
  return written.slice(shift === 0 ? 0 : 4, rest === 0 ? undefined : -1);
}

/** Every file by relative path; what links lead to is found where it lies. */
function* filesBelow(folder: string, below: string = ""): Generator<string> {
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isDirectory()) yield* filesBelow(folder, path);
    else if (entry.isFile()) yield path;
  }
}

function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
