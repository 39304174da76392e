/**
 * Asks the real promtool about every expression of `fixtures/promql-corpus.json` and keeps its verdicts in
 * `fixtures/promtool-verdicts.json`, with the version that gave them.
 *
 * Each expression becomes a rule in a group of its own; `promtool check rules` names the group of each that it refuses.
 *
 *     ORRERY_PROGRAM_PROMTOOL=/path/to/promtool node packages/query/test/make-promtool-verdicts.ts
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const promtool = process.env["ORRERY_PROGRAM_PROMTOOL"] ?? "promtool";
const fixtures = new URL("fixtures/", import.meta.url);
const corpus: string[] = JSON.parse(readFileSync(new URL("promql-corpus.json", fixtures), "utf8"));

const folder = mkdtempSync(join(tmpdir(), "promtool-verdicts-"));
const file = join(folder, "rules.json");
const groups = corpus.map((expr, index) => ({ name: `e${index}`, rules: [{ record: "r", expr }] }));
writeFileSync(file, JSON.stringify({ groups }));
const checked = spawnSync(promtool, ["check", "rules", "--lint=none", file], { encoding: "utf8" });
const version = /version ([\d.]+)/.exec(spawnSync(promtool, ["--version"], { encoding: "utf8" }).stdout)?.[1];
rmSync(folder, { recursive: true });

const output = checked.stdout + checked.stderr;
const refused = new Set(Array.from(output.matchAll(/group "e(\d+)"/g), ([, index]) => Number(index)));
if (version === undefined || refused.size === 0) throw new Error(`promtool gave no verdicts: ${output}`);
const verdicts = corpus.map((text, index) => ({ text, accepted: !refused.has(index) }));
writeFileSync(
  new URL("promtool-verdicts.json", fixtures),
  `${JSON.stringify({ promtool: version, verdicts }, null, 1)}\n`,
);
