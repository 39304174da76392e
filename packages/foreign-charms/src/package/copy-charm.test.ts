import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { copyCharm } from "./copy-charm.ts";
import { listCharmFiles } from "./list-charm-files.ts";

test("a new version replaces the files of the old one; what the charm wrote itself stays, and no link leads out of the copy", async () => {
  const root = mkdtempSync(join(tmpdir(), "orrery-copy-"));
  const [from, to] = [join(root, "from"), join(root, "to")];
  const copy = async (): Promise<void> =>
    await copyCharm({
      from,
      files: await listCharmFiles(from),
      split: { "metadata.yaml": "{}" },
      to,
      record: join(root, "record"),
    });
  mkdirSync(join(from, "src"), { recursive: true });
  mkdirSync(join(from, "__pycache__"));
  writeFileSync(join(from, "src/charm.py"), "one");
  writeFileSync(join(from, "old.txt"), "old");
  symlinkSync("src/charm.py", join(from, "main"));
  await copy();
  writeFileSync(join(to, ".unit-state.db"), "state");
  writeFileSync(join(root, "outside"), "outside");
  rmSync(join(to, "src/charm.py"));
  symlinkSync(join(root, "outside"), join(to, "src/charm.py"));
  await copy();
  expect(readFileSync(join(to, "src/charm.py"), "utf8")).toBe("outside");
  writeFileSync(join(from, "src/charm.py"), "two");
  rmSync(join(from, "old.txt"));
  await copy();

  expect(readFileSync(join(to, "src/charm.py"), "utf8")).toBe("two");
  expect(readFileSync(join(root, "outside"), "utf8")).toBe("outside");
  expect(readFileSync(join(to, ".unit-state.db"), "utf8")).toBe("state");
  expect(readFileSync(join(to, "metadata.yaml"), "utf8")).toBe("{}");
  expect(readlinkSync(join(to, "main"))).toBe("src/charm.py");
  expect(() => readFileSync(join(to, "old.txt"))).toThrow(/ENOENT/u);
  expect(() => readFileSync(join(to, "__pycache__"))).toThrow(/ENOENT/u);
  rmSync(root, { recursive: true });
});
