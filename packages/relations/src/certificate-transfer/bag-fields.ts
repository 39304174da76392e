import { decodeJson, jsonField, plainField } from "@orrery/databag";
import type { Field, PyJson, Read } from "@orrery/databag";
import type { Origin } from "@orrery/problems";

/** The most certificates that one relation carries: several times what browsers trust. */
export const MAX_CERTIFICATES: number = 1000;

const pems = { type: "array", maxItems: MAX_CERTIFICATES, items: { type: "string" } };
const limits = { maxBytes: 4 * 1024 * 1024 };

/** `version` of either application's bag, and of a unit's: what it speaks. */
export const version: Field<number, PyJson> = jsonField("version", { type: "integer" });

/** `certificates` of the provider's application bag, version 1. */
export const certificates: Field<readonly string[], PyJson> = jsonField("certificates", pems, limits);

/** `chain` of a provider's unit bag, version 0. */
export const chain: Field<readonly string[], PyJson> = jsonField("chain", pems, limits);

/** `ca` and `certificate` of a provider's unit bag, version 0, as today's library writes them. */
export const ca: Field<string, PyJson> = jsonField("ca", { type: "string" });
export const certificate: Field<string, PyJson> = jsonField("certificate", { type: "string" });

const plainCa = plainField("ca", { maxBytes: 64 * 1024 });

/** Reads `ca` of a provider's unit bag: version 0's own library writes bare PEM there, version 1's a JSON string. */
export function readCa(bag: Readonly<Record<string, string>>, origin: Origin): Read<string> {
  const plain = plainCa.read(bag, origin);
  if (!plain.value?.startsWith('"')) return plain;
  const parsed = decodeJson(plain.value, { origin: { ...origin, item: ca.key } });
  return typeof parsed.value === "string"
    ? { value: parsed.value, problems: parsed.problems }
    : { problems: parsed.problems };
}
