import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { secretContent } from "./secret-content.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "orrery-secret-content-"));
  writeFileSync(join(folder, "token"), "line one\nline two\n");
  writeFileSync(join(folder, "bytes"), Buffer.from([0xff, 0xfe, 0x00]));
  writeFileSync(join(folder, "large"), "x".repeat(70_000));
  writeFileSync(join(folder, "db.yaml"), "username: shop\nport: 5432\npassword: of the file\n");
  writeFileSync(join(folder, "list.yaml"), "- canary\n");
  writeFileSync(join(folder, "nested.yaml"), "a: { b: canary }\n");
  writeFileSync(join(folder, "broken.yaml"), "a: [canary\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = async (texts: readonly string[], file?: string): Promise<Readonly<Record<string, string>>> =>
  await secretContent({ texts, file, folder });

test("values come as they are, from base64, from a file byte for byte, and from YAML", async () => {
  expect(await read(["one=a=b", "two#base64=aGVsbG8=", "three#file=token"])).toEqual({
    one: "a=b",
    two: "hello",
    three: "line one\nline two\n",
  });
  expect(await read(["password=of the line"], "db.yaml")).toEqual({
    username: "shop",
    port: "5432",
    password: "of the line",
  });
});

test.for<{ what: string; texts: readonly string[]; file?: string; told: string }>([
  { what: "a value in place of a key", texts: ["canary"], told: "argument 1 of the content" },
  { what: "an unknown form", texts: ["token#hex=canary"], told: "argument 1 of the content" },
  {
    what: "a key that is given twice",
    texts: ["token=canary", "token=canary"],
    told: "key token is given twice",
  },
  { what: "what is not base64", texts: ["token#base64=canary!"], told: "not base64" },
  { what: "bytes in base64", texts: ["token#base64=//4="], told: "no text in UTF-8" },
  { what: "a file that is not there", texts: ["token#file=ghost"], told: "ghost cannot be read" },
  { what: "a file of bytes", texts: ["token#file=bytes"], told: "no text in UTF-8" },
  { what: "a file that is too large", texts: ["token#file=large"], told: "70000 bytes; allowed are 65536" },
  { what: "a list", texts: [], file: "list.yaml", told: "does not hold keys and values" },
  { what: "what is nested", texts: [], file: "nested.yaml", told: "something else than a text" },
  { what: "what is not YAML", texts: [], file: "broken.yaml", told: "is not YAML" },
])("$what is refused, and not repeated", async ({ texts, file, told }) => {
  const error = await read(texts, file).catch((cause: unknown) => cause);
  expect(error).toMatchObject({ code: "CLI_USAGE", message: expect.stringContaining(told) });
  expect(JSON.stringify([String(error), error])).not.toContain("canary");
});
