import { problem } from "@orrery/problems";
import type { Origin } from "@orrery/problems";
import { decodeJson } from "./decode-json.ts";
import type { JsonLimits, Read } from "./decode-json.ts";
import type { Json } from "./json.ts";
import { pyJsonDumps } from "./py-json-dumps.ts";
import type { PyJson, PyJsonOptions } from "./py-json-dumps.ts";
import { shape } from "./shape.ts";

/** One key of a bag: reads it and writes it. An absent key and an empty text are the same, as Juju has it. */
export interface Field<In, Out = In> {
  readonly key: string;
  /** Never throws; an absent key has neither value nor problems. Problems bear the key as their item. */
  readonly read: (bag: Readonly<Record<string, string>>, origin?: Origin) => Read<In>;
  /** Gives the one entry, or none for `undefined`, so that results can be spread into a bag. */
  readonly write: (value: Out | undefined) => Readonly<Record<string, string>>;
}

/** Makes a field whose text is the value itself; 4096 bytes of UTF-8 at most when `maxBytes` is absent. */
export function plainField(key: string, options: { readonly maxBytes?: number } = {}): Field<string> {
  const maxBytes = options.maxBytes ?? 4096;
  return {
    key,
    read: (bag, origin = {}) => {
      const text = textOf(bag, key);
      if (text === undefined) return { problems: [] };
      const bytes = text.length > maxBytes ? text.length : Buffer.byteLength(text);
      if (bytes <= maxBytes) return { value: text, problems: [] };
      const message = `${key} holds ${bytes} bytes; allowed are ${maxBytes}`;
      return { problems: [problem("DATABAG_LIMIT_EXCEEDED", { message, origin: { ...origin, item: key } })] };
    },
    write: (value) => entry(key, value ?? ""),
  };
}

/** Makes a field that holds JSON of the schema's form (draft-07; anything when there is none), written as Python writes it. */
export function jsonField<In = Json, Out extends PyJson = PyJson>(
  key: string,
  schema: object = {},
  options: JsonLimits & PyJsonOptions = {},
): Field<In, Out> {
  const check = shape<In>(schema);
  return {
    key,
    read: (bag, origin = {}) => {
      const text = textOf(bag, key);
      if (text === undefined) return { problems: [] };
      const about = { ...origin, item: key };
      const parsed = decodeJson(text, { ...options, origin: about });
      if (parsed.value === undefined) return { problems: parsed.problems };
      const checked = check(parsed.value, { origin: about });
      return { ...checked, problems: [...parsed.problems, ...checked.problems] };
    },
    write: (value) => (value === undefined ? {} : entry(key, pyJsonDumps(value, options))),
  };
}

/** Gives a key's text, if it is the bag's own and not empty. */
function textOf(bag: Readonly<Record<string, string>>, key: string): string | undefined {
  const text: unknown = Object.hasOwn(bag, key) ? bag[key] : undefined;
  return typeof text === "string" && text !== "" ? text : undefined;
}

function entry(key: string, text: string): Readonly<Record<string, string>> {
  return text === "" ? {} : { [key]: text };
}
