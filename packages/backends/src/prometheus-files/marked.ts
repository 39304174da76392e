import { stringify } from "yaml";
import { yamlJson } from "../writing/yaml-json.ts";

/** Hidden label of each target of ours: whose it is, and which content of its file brought it. */
export const LOADED_LABEL = "__orrery_loaded__";

const HARD = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/u;

/** Writes a value as YAML for people, below lines that say whose file it is. */
export function markedYaml(mark: string, value: unknown): string {
  return markedText(mark, isPlain(value) ? yaml(value) : `${yamlJson(value, 1)}\n`);
}

/** Puts a text below the lines that say whose file it is. */
export function markedText(mark: string, text: string): string {
  return `# ${mark}\n# Made by \`orrery apply\`. Changes are lost to the next one; \`orrery disconnect\` removes it.\n${text}`;
}

/** Says whether a file's text bears a mark. */
export function bearsMark(mark: string, text: string): boolean {
  return text.startsWith(`# ${mark}\n`);
}

/** YAML 1.1, which readers in Go follow: `on` and `1e3` are quoted where they are texts. */
function yaml(value: unknown): string {
  return stringify(value, { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false });
}

/** Whether all texts in a value are ones that all readers of YAML agree on. */
function isPlain(value: unknown): boolean {
  if (typeof value === "string") return !HARD.test(value.replaceAll("\n", ""));
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([name, one]) => isPlain(name) && isPlain(one));
}
