import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RelationView, View } from "@orrery/charm";
import { MemoryVault } from "@orrery/engine";
import type { RunnableCharm } from "@orrery/engine";
import type { HookSettings } from "./agent/agent-options.ts";
import { loadHookCharm } from "./load-hook-charm.ts";

/** A charm whose `dispatch` is a shell script, in a folder of its own with a place for its units. */
export class ShellCharm {
  readonly root: string = mkdtempSync(join(tmpdir(), "orrery-hooks-"));
  readonly log: string[] = [];
  readonly #settings: Partial<HookSettings>;

  /**
   * `script` is run in the unit's copy of the charm; `$HOOK` is the hook's or action's name.
   *
   * @param more - Further lines of its metadata.
   */
  constructor(
    script: string,
    { more = "", ...settings }: Partial<HookSettings> & { readonly more?: string } = {},
  ) {
    this.#settings = settings;
    this.write(
      "metadata.yaml",
      "name: shell\nsummary: A shell script.\nprovides: {out: {interface: words}}\nrequires: {in: {interface: words}}\npeers: {peers: {interface: friends}}\n" +
        more,
    );
    this.write(
      "config.yaml",
      "options: {word: {type: string, default: hello}, times: {type: int}, key: {type: secret}}\n",
    );
    this.write(
      "actions.yaml",
      "speak: {description: Says it., params: {text: {type: string, default: ho}}}\n",
    );
    this.script(script);
  }

  /** Replaces the charm's program. */
  script(script: string): void {
    this.write(
      "dispatch",
      `#!/bin/sh\nHOOK=\${JUJU_DISPATCH_PATH#*/}\necho "$HOOK \${JUJU_REMOTE_UNIT:-\${JUJU_REMOTE_APP:--}}" >> told.txt\n${script}\n`,
      0o755,
    );
  }

  write(name: string, content: string, mode: number = 0o644): void {
    mkdirSync(join(this.root, "charm"), { recursive: true });
    writeFileSync(join(this.root, "charm", name), content);
    chmodSync(join(this.root, "charm", name), mode);
  }

  async load(): Promise<RunnableCharm> {
    return await loadHookCharm(join(this.root, "charm"), {
      unitFolder: (unit) => join(this.root, "units", unit.replace("/", "-")),
      toolsFolder: join(this.root, "tools"),
      boot: "1",
      vault: new MemoryVault(),
      path: process.env["PATH"] ?? "/usr/bin:/bin",
      deadlineMs: 30_000,
      log: (unit, level, message) => this.log.push(`${level} ${unit} ${message}`),
      now: Date.now,
      random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
      ...this.#settings,
    });
  }

  /** A file in the unit's copy of the charm. */
  read(name: string, unit: string = "shell/0"): string {
    return readFileSync(join(this.root, "units", unit.replace("/", "-"), ".agent", "charm", name), "utf8");
  }

  /** The hooks that were run so far, with whom they were about. */
  told(unit?: string): readonly string[] {
    return this.read("told.txt", unit).trimEnd().split("\n");
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** The view of a unit that leads and has no relations. */
export function viewOf(seen: Partial<View> = {}): View {
  return {
    protocol: 1,
    model: { name: "demo", uuid: "cdac5656-2423-4388-8f30-41854b4cca7d" },
    application: "shell",
    unit: "shell/0",
    charm: "shell",
    leader: true,
    life: "alive",
    units: ["shell/0"],
    config: { word: "hello" },
    network: { address: "127.9.9.9", ports: {} },
    relations: [],
    containers: {},
    materials: {},
    secrets: {},
    due: [],
    external: {},
    ...seen,
  };
}

/** A relation of `out` with one unit of `other`. */
export function relationOf(
  seen: Partial<RelationView> & { readonly remote?: Record<string, string> } = {},
): RelationView {
  const { remote = {}, ...given } = seen;
  return {
    id: 3,
    endpoint: "out",
    interface: "words",
    application: "other",
    units: ["other/0"],
    version: 1,
    bags: {
      localApplication: {},
      localUnit: {},
      remoteApplication: {},
      remoteUnits: { "other/0": remote },
    },
    granted: [],
    ...given,
  };
}
