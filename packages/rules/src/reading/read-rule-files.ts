import type { Origin, Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import { isNode, LineCounter, parseDocument } from "yaml";
import type { Document } from "yaml";
import type { RuleGroup } from "../model/rule-group.ts";
import type { ReadGroups } from "./read-rule-groups.ts";
import { distinct, readRuleGroups } from "./read-rule-groups.ts";
import { get, isMapping } from "./rule-record.ts";

/** The most that is read of one rule file, in bytes of UTF-8: 256 KiB. */
export const MAX_RULE_FILE_BYTES: number = 256 * 1024;

/** What {@link readRuleFiles} takes beside the files. */
export interface ReadRuleFilesOptions {
  /** Whose rules they are, such as `obs_7a3c1f0e_zinc`; names of groups begin with it. */
  readonly identifier?: string;
  /** Who declared them; each rule's origin adds file, line and name. */
  readonly origin?: Origin;
}

const RULE_FILE = /\.(?:rule|rules|yml|yaml)$/;
/** Deeper than any rule; flow collections nested without end would exhaust the YAML reader's stack. */
const DEEPEST_FLOW = 50;

/**
 * Reads rule files: YAML 1.2 with `groups`, or one rule alone, which becomes a group named for its file.
 *
 * Files are those that end in `.rule`, `.rules`, `.yml` or `.yaml`, in the order of their path's components. A file, group or rule
 * that can't be read is a problem with its place; all others are read. Aliases are refused.
 *
 * @param files - Texts by path, relative to the root of all rules, with `/`.
 * @see canonical/cos-lib, `src/cosl/rules.py`, `Rules.add_path`.
 */
export function readRuleFiles(
  files: Readonly<Record<string, string>>,
  options: ReadRuleFilesOptions = {},
): ReadGroups {
  const groups: RuleGroup[] = [];
  const problems: Problem[] = [];
  for (const path of Object.keys(files)
    .filter((name) => RULE_FILE.test(name))
    .toSorted(byComponents)) {
    const read = readRuleFile(path, files[path] ?? "", options);
    groups.push(...read.groups);
    problems.push(...read.problems);
  }
  return distinct(groups, problems);
}

function byComponents(one: string, other: string): number {
  const [left, right] = [one.split("/"), other.split("/")];
  for (const [index, part] of left.entries()) {
    const against = right[index];
    if (against === undefined) return 1;
    if (part !== against) return part < against ? -1 : 1;
  }
  return left.length - right.length;
}

function readRuleFile(
  file: string,
  text: string,
  { identifier, origin: declared }: ReadRuleFilesOptions,
): ReadGroups {
  const origin = { ...declared, file };
  const refuse = (message: string, place: Pick<Origin, "line" | "column"> = {}): ReadGroups => ({
    groups: [],
    problems: [problem("RULES_FILE_INVALID", { origin: { ...origin, ...place }, message })],
  });
  if (text.length > MAX_RULE_FILE_BYTES || Buffer.byteLength(text) > MAX_RULE_FILE_BYTES) {
    return refuse(`file has more than ${MAX_RULE_FILE_BYTES} bytes`);
  }
  if (nestsTooDeep(text)) return refuse(`file nests brackets deeper than ${DEEPEST_FLOW}`);
  const lines = new LineCounter();
  const place = (offset: number): Pick<Origin, "line" | "column"> => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const parsed = parse(text, lines);
  if ("message" in parsed)
    return refuse(
      `file is not YAML: ${parsed.message}`,
      parsed.offset === undefined ? {} : place(parsed.offset),
    );
  const { value, document } = parsed;
  if (!isMapping(value)) return refuse("file holds neither groups nor a rule");
  const locate = (path: readonly (string | number)[]): Pick<Origin, "line" | "column"> => {
    const node = document.getIn(path, true);
    return isNode(node) && node.range ? place(node.range[0]) : {};
  };
  const directory = file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : "";
  const context = { directory, origin, ...(identifier !== undefined && { identifier }) };
  const groups = get(value, "groups");
  if (Array.isArray(groups)) {
    const unknown = Object.keys(value).find((key) => key !== "groups");
    if (unknown !== undefined) return refuse(`file has the key ${JSON.stringify(unknown)} beside groups`);
    return readRuleGroups(groups, {
      ...context,
      locate: (group, rule) =>
        locate(rule === undefined ? ["groups", group] : ["groups", group, "rules", rule]),
    });
  }
  if (
    get(value, "expr") === undefined ||
    (get(value, "alert") === undefined && get(value, "record") === undefined)
  ) {
    return refuse("file holds neither groups nor a rule");
  }
  const name = file.slice(file.lastIndexOf("/") + 1).replace(RULE_FILE, "");
  return readRuleGroups([{ name, rules: [value] }], { ...context, locate: () => locate([]) });
}

type Parsed =
  | { readonly value: unknown; readonly document: Document }
  | { readonly message: string; readonly offset?: number };

function parse(text: string, lines: LineCounter): Parsed {
  try {
    const document = parseDocument(text, { version: "1.2", lineCounter: lines, prettyErrors: false });
    const [error] = document.errors;
    if (error) return { message: error.message, offset: error.pos[0] };
    return { value: document.toJS({ maxAliasCount: 0 }), document };
  } catch (error) {
    return { message: error instanceof Error ? error.message : "it can't be read" };
  }
}

/** Counts brackets without regard to quotes: a rule that is refused by mistake would hold fifty more opening than closing ones. */
function nestsTooDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === "[" || bracket === "{" ? depth + 1 : Math.max(0, depth - 1);
    if (depth > DEEPEST_FLOW) return true;
  }
  return false;
}
