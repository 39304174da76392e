import { parseDocument } from "yaml";
import type { ToolCall } from "./hook-tool.ts";
import { ToolError } from "./tool-error.ts";

/** YAML that is no JSON is slower to read; a charm that has more to say writes JSON. In bytes: 2 MiB. */
const MOST_YAML_BYTES = 2 * 1024 * 1024;

/**
 * Reads what a tool is told to set: the YAML map of `--file`, and over it `key=value` arguments.
 *
 * @throws ToolError in Juju's words.
 */
export async function keyValues(call: ToolCall): Promise<Readonly<Record<string, string>>> {
  const file = call.args.texts["file"];
  const given = file === undefined ? {} : await mapIn(call, file);
  return { ...given, ...Object.fromEntries(call.args.positional.map(keyValue)) };
}

/** Splits `key=value`. @throws ToolError. */
export function keyValue(word: string): readonly [string, string] {
  const at = word.indexOf("=");
  if (at < 1) throw new ToolError(`expected "key=value", got ${JSON.stringify(word)}`);
  return [word.slice(0, at), word.slice(at + 1)];
}

async function mapIn(call: ToolCall, file: string): Promise<Readonly<Record<string, string>>> {
  const bytes = file === "-" ? await call.readInput() : await call.readFile(file);
  const text = new TextDecoder().decode(bytes);
  return mapOfJson(text) ?? mapOfYaml(text, bytes.byteLength);
}

/** What most programs send; read in a fraction of the time. */
function mapOfJson(text: string): Readonly<Record<string, string>> | undefined {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isTexts(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Scalars are taken as they are written, as go-yaml does when it fills a map of texts: `1.0` stays `1.0`, a null is empty. */
function mapOfYaml(text: string, bytes: number): Readonly<Record<string, string>> {
  if (bytes > MOST_YAML_BYTES) {
    throw new ToolError(
      `file holds ${bytes} bytes of YAML; allowed are ${MOST_YAML_BYTES}, and more as JSON`,
    );
  }
  try {
    const document = parseDocument(text, { schema: "failsafe", uniqueKeys: false, logLevel: "silent" });
    const [fault] = document.errors;
    if (fault) throw fault;
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    if (value === null || value === undefined || value === "") return {};
    if (!isScalars(value)) throw new ToolError("cannot unmarshal YAML into map[string]string");
    const empty = new Set(["~", "null", "Null", "NULL"]);
    const nulls = new Set(nullKeys(document.contents, empty));
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, nulls.has(key) ? "" : (one ?? "")]),
    );
  } catch (cause) {
    if (cause instanceof ToolError) throw cause;
    const told = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    throw new ToolError(`yaml: ${told}`);
  }
}

/** Keys whose value is a bare `null`; a quoted one is a text. */
function nullKeys(contents: unknown, empty: ReadonlySet<string>): readonly string[] {
  if (typeof contents !== "object" || contents === null || !("items" in contents)) return [];
  const items: readonly unknown[] = Array.isArray(contents.items) ? contents.items : [];
  return items.flatMap((item) => {
    const key = partOf(item, "key");
    const value = partOf(item, "value");
    const bare = value?.type === "PLAIN" && typeof value.source === "string" && empty.has(value.source);
    return bare && typeof key?.value === "string" ? [key.value] : [];
  });
}

interface Scalarish {
  readonly type?: unknown;
  readonly source?: unknown;
  readonly value?: unknown;
}

function partOf(item: unknown, name: "key" | "value"): Scalarish | undefined {
  if (typeof item !== "object" || item === null || !(name in item)) return undefined;
  const part: unknown = (item as Readonly<Record<string, unknown>>)[name];
  return typeof part === "object" && part !== null ? part : undefined;
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return isMap(value) && Object.values(value).every((one) => typeof one === "string");
}

function isScalars(value: unknown): value is Readonly<Record<string, string | null>> {
  return isMap(value) && Object.values(value).every((one) => one === null || typeof one === "string");
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
