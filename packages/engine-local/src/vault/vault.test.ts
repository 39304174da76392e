import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Row } from "@orrery/engine";
import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openVault } from "./open-vault.ts";
import { sealingVault } from "./sealing-vault.ts";

let folder = "";
const path = (): string => join(folder, "secrets.key");
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "orrery-vault-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function rowsWith(value: string): readonly Row[] {
  return [{ kind: "secret", key: "a", value }];
}

test("what was sealed for a place opens there, and neither text nor place can be told from it", () => {
  const vault = sealingVault(randomBytes(32), randomBytes);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string(), (text, place) => {
      const sealed = vault.seal(text, place);
      expect(vault.open(sealed, place)).toBe(text.toWellFormed());
      expect(sealed).toMatch(/^sealed1:[0-9a-f]{16}:[A-Za-z0-9+/=]+$/u);
      expect(vault.seal(text, place)).not.toBe(sealed);
    }),
  );
});

test("one changed character, another place or another key opens nothing", () => {
  const [vault, other] = [
    sealingVault(randomBytes(32), randomBytes),
    sealingVault(randomBytes(32), randomBytes),
  ];
  const sealed = vault.seal("canary", "secret a");
  const from = sealed.lastIndexOf(":") + 1;
  fc.assert(
    fc.property(fc.integer({ min: from, max: sealed.length - 1 }), (at) => {
      const changed = sealed.slice(0, at) + (sealed[at] === "A" ? "B" : "A") + sealed.slice(at + 1);
      expect(() => vault.open(changed, "secret a")).toThrow(
        expect.objectContaining({ code: "STORE_FAILED" }),
      );
    }),
  );
  expect(() => vault.open(sealed, "secret b")).toThrow(expect.objectContaining({ code: "STORE_FAILED" }));
  expect(() => vault.open(sealed.slice(0, from + 8), "secret a")).toThrow(
    expect.objectContaining({ code: "STORE_FAILED" }),
  );
  expect(() => other.open(sealed, "secret a")).toThrow(
    expect.objectContaining({ code: "SECRETS_KEY_WRONG" }),
  );
});

test("the key is made once, for its owner alone, and opens what was sealed before", () => {
  const sealed = openVault([], path()).seal("canary", "secret a");
  const key = readFileSync(path(), "utf8");
  expect(statSync(path()).mode & 0o777).toBe(0o600);

  chmodSync(path(), 0o644);
  expect(openVault(rowsWith(sealed), path()).open(sealed, "secret a")).toBe("canary");
  expect([readFileSync(path(), "utf8"), statSync(path()).mode & 0o777]).toEqual([key, 0o600]);
});

test("a sealed state without its key, or with a file that is none, is refused and nothing is written", () => {
  const sealed = openVault([], path()).seal("canary", "secret a");
  writeFileSync(path(), "not a key\n");
  expect(() => openVault(rowsWith(sealed), path())).toThrow(
    expect.objectContaining({ code: "SECRETS_KEY_WRONG" }),
  );
  expect(readFileSync(path(), "utf8")).toBe("not a key\n");

  rmSync(path());
  expect(() => openVault(rowsWith(sealed), path())).toThrow(
    expect.objectContaining({ code: "SECRETS_KEY_MISSING" }),
  );
  expect(statSync(path(), { throwIfNoEntry: false })).toBeUndefined();
});

test("a state of a version that sealed nothing gets a key", () => {
  openVault(rowsWith('{"plain": true}'), path());
  expect(readFileSync(path(), "utf8")).toMatch(/^[0-9a-f]{64}\n$/u);
});
