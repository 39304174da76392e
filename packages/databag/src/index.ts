/** The texts inside relation databags: Python-style JSON, capped decoding, field codecs. */
export { decodeJson } from "./decode-json.ts";
export type { JsonLimits, Read } from "./decode-json.ts";
export { jsonField, plainField } from "./field.ts";
export type { Field } from "./field.ts";
export type { Json } from "./json.ts";
export { interfaceBag } from "./juju-keys.ts";
export { PyFloat, pyJsonDumps } from "./py-json-dumps.ts";
export type { PyJson, PyJsonOptions } from "./py-json-dumps.ts";
export { quote } from "./quote.ts";
export { shape } from "./shape.ts";
export type { Shape } from "./shape.ts";
