import { OrreryError } from "@orrery/problems";

/** Says whether a value is an object of JSON. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Takes an answer for a list of texts; Juju writes nothing at all as `null`. @throws OrreryError `HOOK_TOOL_FAILED`. */
export function textsOf(tool: string, answer: unknown): readonly string[] {
  if (answer === null) return [];
  if (Array.isArray(answer) && answer.every((one) => typeof one === "string")) return answer;
  throw unexpected(tool, "a list of texts");
}

/** Takes an answer for texts by key. @throws OrreryError `HOOK_TOOL_FAILED`. */
export function bagOf(tool: string, answer: unknown): Readonly<Record<string, string>> {
  if (answer === null) return {};
  if (!isRecord(answer)) throw unexpected(tool, "texts by key");
  const texts = Object.entries(answer).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  if (texts.length === Object.keys(answer).length) return Object.fromEntries(texts);
  throw unexpected(tool, "texts by key");
}

/** Takes an answer for an object. @throws OrreryError `HOOK_TOOL_FAILED`. */
export function recordOf(tool: string, answer: unknown): Readonly<Record<string, unknown>> {
  if (answer === null) return {};
  if (isRecord(answer)) return answer;
  throw unexpected(tool, "an object");
}

function unexpected(tool: string, wanted: string): OrreryError {
  return new OrreryError("HOOK_TOOL_FAILED", `hook tool ${tool} answered something else than ${wanted}`);
}
