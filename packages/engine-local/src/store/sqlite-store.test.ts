import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, expect, test } from "vitest";
import { openStore } from "./sqlite-store.ts";

const root = mkdtempSync(join(tmpdir(), "orrery-store-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("gives back what was committed, after it was opened again, and for its owner alone", () => {
  const path = join(root, "kept.db");
  const first = openStore(path);
  first.commit([
    { kind: "unit", key: "shop/0", value: "1" },
    { kind: "unit", key: "shop/1", value: "1" },
  ]);
  first.commit([
    { kind: "unit", key: "shop/0", value: "2" },
    { kind: "unit", key: "shop/1" },
  ]);
  first.close();
  const second = openStore(path);

  expect([...second.load()]).toEqual([{ kind: "unit", key: "shop/0", value: "2" }]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  second.close();
});

test("makes all changes or none, and goes on after one that was refused", () => {
  const path = join(root, "atomic.db");
  const store = openStore(path);
  const other = new DatabaseSync(path, { timeout: 0 });
  other.exec(
    "CREATE TRIGGER refuse BEFORE INSERT ON rows WHEN NEW.key = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END",
  );
  other.close();

  expect(() =>
    store.commit([
      { kind: "k", key: "good", value: "1" },
      { kind: "k", key: "bad", value: "1" },
    ]),
  ).toThrow(expect.objectContaining({ code: "STORE_FAILED" }));
  expect([...store.load()]).toEqual([]);
  store.commit([{ kind: "k", key: "good", value: "1" }]);
  expect([...store.load()]).toHaveLength(1);
  store.close();
});

test.for([
  { what: "a state of another version", code: "STORE_SCHEMA", make: (path: string) => foreign(path) },
  {
    what: "a file that is no database",
    code: "STORE_FAILED",
    make: (path: string) => writeFileSync(path, "x".repeat(5000)),
  },
])("does not touch $what", ({ code, make }) => {
  const path = join(root, `${code}.db`);
  make(path);
  const before = statSync(path);

  expect(() => openStore(path)).toThrow(expect.objectContaining({ code }));
  expect(statSync(path)).toMatchObject({ size: before.size, mtimeMs: before.mtimeMs });
});

function foreign(path: string): void {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA user_version = 99");
  database.close();
}

test("nothing of a value that was replaced or removed is left in the file", () => {
  const path = join(root, "gone.db");
  const store = openStore(path);
  store.commit([{ kind: "secret", key: "a", value: "canary-1 ".repeat(200) }]);
  store.commit([{ kind: "secret", key: "b", value: "canary-2 ".repeat(200) }]);
  store.commit([
    { kind: "secret", key: "a", value: "sealed ".repeat(200) },
    { kind: "secret", key: "b" },
  ]);
  store.close();

  expect(readFileSync(path).includes("sealed")).toBe(true);
  expect(readFileSync(path).includes("canary")).toBe(false);
});
