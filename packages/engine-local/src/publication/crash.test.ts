import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FileOutcome } from "@orrery/charm";
import { afterAll, expect, test } from "vitest";
import { ContainerFiles } from "./container-files.ts";
import { Cost } from "./cost.ts";

const SCRIPT = fileURLToPath(new URL("crash-once.test-support.ts", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "orrery-crash-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const before: Record<string, FileOutcome> = {
  "main.yml": { content: "1" },
  "rules/a.yml": { content: "a" },
  "targets/a.json": { content: "[1]", onChange: "none" },
};
const after: Record<string, FileOutcome> = {
  "main.yml": { content: "2", mode: "0600" },
  "rules/b.yml": { content: "b" },
  "targets/a.json": { content: "[2]", onChange: "none" },
  "targets/b.json": { content: "[]", onChange: "none" },
};

async function publish(folder: string, wanted: Record<string, FileOutcome>): Promise<string[]> {
  const loads: string[] = [];
  const files = new ContainerFiles({
    folder,
    env: {},
    run: () => Promise.resolve({ ran: true, exitCode: 0, stdout: "", stderr: "" }),
  });
  const cost = new Cost();
  await files.stage(wanted, cost);
  await files.load(
    {
      load: (kind) => {
        loads.push(kind);
        return Promise.resolve({ state: "loaded" });
      },
    },
    cost,
  );
  return loads;
}

/** What a reader of `current` finds, and what else lies in the folder. */
function snapshot(folder: string): unknown {
  const files: Record<string, string> = {};
  const visit = (path: string): void => {
    for (const name of readdirSync(join(folder, "current", path)).toSorted()) {
      const inside = path ? `${path}/${name}` : name;
      const found = statSync(join(folder, "current", inside));
      if (found.isDirectory()) visit(inside);
      else
        files[inside] =
          `${(found.mode & 0o777).toString(8)} ${readFileSync(join(folder, "current", inside), "utf8")}`;
    }
  };
  visit("");
  return {
    files,
    generations: readdirSync(join(folder, "generations")).length,
    top: readdirSync(folder).toSorted(),
  };
}

const plain = join(root, "plain");
const wanted = join(root, "wanted.json");
writeFileSync(wanted, JSON.stringify(after));

test.concurrent.for([
  "live-written",
  "generation-built",
  "generation-named",
  "link-made",
  "link-swapped",
  "loaded",
])(
  "killed at %s and run again, a publication is as if it had not been killed, and was loaded",
  async (label) => {
    const folder = join(root, label);
    cpSync(await published(), folder, { recursive: true, verbatimSymlinks: true });
    const signal = await new Promise((resolve) => {
      const child = spawn(process.execPath, ["--conditions=@orrery/source", SCRIPT, folder, wanted, label]);
      child.once("exit", (_code, by) => resolve(by));
    });

    expect(signal).toBe("SIGKILL");
    // Whatever was live at that moment was one set or the other, never a mix.
    expect(["1", "2"]).toContain(readFileSync(join(folder, "current/main.yml"), "utf8"));
    expect(await publish(folder, after)).toEqual(["reload"]);
    expect(snapshot(folder)).toEqual(snapshot(await unharmed()));
    expect(await publish(folder, after)).toEqual([]);
  },
);

let first: Promise<string> | undefined;
let whole: Promise<string> | undefined;

function published(): Promise<string> {
  first ??= publish(plain, before).then(() => plain);
  return first;
}

function unharmed(): Promise<string> {
  whole ??= published().then(async (from) => {
    const folder = join(root, "unharmed");
    cpSync(from, folder, { recursive: true, verbatimSymlinks: true });
    await publish(folder, after);
    return folder;
  });
  return whole;
}
