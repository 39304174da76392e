import { ABSENT } from "@orrery/charm";
import type { ForeignObject, Intake, ObjectStore } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import type { ForeignAccess, ForeignSystem, ForeignSystems } from "./foreign-system.ts";

interface Kept {
  readonly content: unknown;
  readonly version: string;
}

/**
 * A system that is not there: keeps objects in memory and reports what it has loaded, which is what it held when it was last asked to load.
 *
 * It refuses to load while it holds an object with the word `refuse-me`, and says nothing while `silent`.
 */
export class MemoryForeign implements ForeignSystems {
  readonly objects: Map<string, Kept> = new Map();
  loaded: Map<string, unknown> = new Map();
  intake: Intake = { by: "request" };
  silent = false;
  capabilities: unknown = { model: 1 };
  problems: readonly { readonly code: "EXTERNAL_NOT_INCLUDED"; readonly message: string }[] = [];
  /** Called before each thing that is done, and after what changes something: a test may throw there. */
  step: (what: string) => void = () => undefined;
  /** What was done, in order. */
  readonly done: string[] = [];
  readonly pause: (ms: number) => Promise<void>;
  #version = 0;

  constructor(pause: (ms: number) => void) {
    this.pause = async (ms) => pause(ms);
  }

  readonly open = async ({
    backend,
    connection,
    mark,
    credentials,
  }: ForeignAccess): Promise<ForeignSystem | undefined> => {
    if (backend !== "toy-foreign") return undefined;
    return {
      place: connection["folder"] ?? "",
      discover: async () => {
        this.#answer("discover");
        return {
          capabilities: this.capabilities,
          facts: [["token", credentials["token"] ?? "none"]],
          problems: this.problems.map(({ code, message }) => new OrreryError(code, message).toProblem()),
        };
      },
      store: () => this.#store(mark),
      get: async (url) => ({ status: 200, body: url }),
    };
  };

  /** Contents by key. */
  contents(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
      [...this.objects].map(([key, { content }]) => [key, content] as const).toSorted(byKey),
    );
  }

  /** What the system reports to have loaded. */
  reported(): Readonly<Record<string, unknown>> {
    return Object.fromEntries([...this.loaded].toSorted(byKey));
  }

  /** Somebody else writes or removes an object. */
  edit(key: string, content?: unknown): void {
    if (content === undefined) this.objects.delete(key);
    else this.#put(key, content);
    this.loaded = new Map([...this.objects].map(([name, kept]) => [name, kept.content]));
  }

  #store(mark: string): ObjectStore {
    const ours = ({ content }: Kept): boolean => String(content).startsWith(mark);
    const expectVersion = (key: string, ifVersion: string): void => {
      const found = this.objects.get(key);
      if (found && !ours(found)) throw new OrreryError("EXTERNAL_OBJECT_THEIRS", `object ${key} is not ours`);
      if ((found?.version ?? ABSENT) !== ifVersion)
        throw new OrreryError("EXTERNAL_CHANGED", `object ${key} is another`);
    };
    return {
      list: async () => {
        this.step("list");
        return [...this.objects].filter(([, kept]) => ours(kept)).map(([key]) => key);
      },
      read: async (key): Promise<ForeignObject | undefined> => {
        this.step(`read ${key}`);
        const found = this.objects.get(key);
        if (found && !ours(found))
          throw new OrreryError("EXTERNAL_OBJECT_THEIRS", `object ${key} is not ours`);
        return found;
      },
      write: async (key, content, ifVersion) => {
        this.step(`write ${key}`);
        expectVersion(key, ifVersion);
        this.#put(key, content);
        this.done.push(`write ${key}`);
        this.step(`written ${key}`);
      },
      delete: async (key, ifVersion) => {
        this.step(`delete ${key}`);
        expectVersion(key, ifVersion);
        this.objects.delete(key);
        this.done.push(`delete ${key}`);
        this.step(`deleted ${key}`);
      },
      intake: async () => this.intake,
      load: async () => {
        this.step("load");
        const refused = [...this.objects].find(([, { content }]) => String(content).includes("refuse-me"));
        this.done.push("load");
        if (refused) throw new OrreryError("EXTERNAL_REFUSED", `system says: bad object ${refused[0]}`);
        this.loaded = new Map([...this.objects].map(([key, { content }]) => [key, content]));
        this.step("loaded");
      },
      settled: async (changes) => {
        this.#answer("settled");
        return Object.fromEntries(
          changes.map(({ key, after }) => [key, this.loaded.get(key) === after ? "live" : "pending"]),
        );
      },
    };
  }

  #put(key: string, content: unknown): void {
    this.#version += 1;
    this.objects.set(key, { content, version: `v${this.#version}` });
  }

  #answer(what: string): void {
    this.step(what);
    if (this.silent) throw new OrreryError("EXTERNAL_UNREACHABLE", "system does not answer");
  }
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
