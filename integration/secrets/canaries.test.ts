import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { Canaries } from "./canaries.ts";

const VALUE = 'canary-"7f3a'; // with something that JSON and URLs write otherwise

function looking(value: string = VALUE): Canaries {
  const canaries = new Canaries();
  canaries.plant({ name: "token", value, mayLieIn: /^own\/file$/u });
  return canaries;
}

test.for([
  { form: "plain", said: `x${VALUE}y` },
  { form: "JSON", said: JSON.stringify({ said: VALUE }) },
  { form: "URL", said: `http://a/?t=${encodeURIComponent(VALUE)}` },
  { form: "hexadecimal", said: Buffer.from(`ab${VALUE}`).toString("hex") },
  { form: "base64", said: Buffer.from(`${VALUE}c`).toString("base64") },
  { form: "base64", said: Buffer.from(`a${VALUE}c`).toString("base64") },
  { form: "base64", said: Buffer.from(`ab${VALUE}cd`).toString("base64") },
  { form: "reversed", said: Array.from(VALUE).toReversed().join("") },
])("a canary is met in $said", ({ form, said }) => {
  const canaries = looking();
  canaries.look("an answer", said);
  expect(canaries.sightings).toEqual([{ canary: "token", where: "an answer", form }]);
});

test("it is not met where it is not, and each line of a longer one is", () => {
  const canaries = looking("-----BEGIN-----\nfirst-line-of-it\nsecond-line-of-it\n-----END-----\n");
  canaries.look("an answer", "canary first line of it -----BEGIN-----");
  canaries.look("packed", gzipSync("nothing"));
  expect(canaries.sightings).toEqual([]);
  canaries.look("an answer", "… second-line-of-it …");
  expect(canaries.sightings).toHaveLength(1);
});

test("what was said before a canary was known is looked through once it is", () => {
  const canaries = new Canaries();
  canaries.look("an answer", VALUE);
  canaries.plant({ name: "token", value: VALUE, mayLieIn: /^$/u });
  expect(canaries.sightings).toHaveLength(1);
});

test("a file of its own may hold it, as long as its owner alone reads that", () => {
  const folder = mkdtempSync(join(tmpdir(), "orrery-canaries-"));
  try {
    mkdirSync(join(folder, "own"));
    writeFileSync(join(folder, "own/file"), VALUE, { mode: 0o600 });
    const canaries = looking();
    canaries.lookThrough(folder);
    expect([canaries.sightings, canaries.atHome]).toEqual([[], ["token"]]);

    chmodSync(join(folder, "own/file"), 0o640);
    writeFileSync(join(folder, "other"), Buffer.concat([Buffer.from([0xff, 0]), Buffer.from(VALUE)]), {
      mode: 0o600,
    });
    canaries.lookThrough(folder);
    expect(canaries.sightings.map(({ where }) => where).toSorted()).toEqual(["other", "own/file"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a value that would be met by chance is not planted", () => {
  expect(() => looking("short")).toThrow(/too short/u);
});
