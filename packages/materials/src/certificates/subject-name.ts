import type { SubjectName } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import { Name } from "./x509.ts";

/** The attributes that a certificate's subject may have, with the most characters of each. @see RFC 5280, appendix A.1. */
const LIMITS: Readonly<Record<string, number>> = {
  C: 2,
  ST: 128,
  L: 128,
  O: 64,
  OU: 64,
  CN: 64,
  E: 255,
  DC: 63,
  /** Serial number of a device. */
  "2.5.4.5": 64,
  /** Unique identifier, in which the field's requests carry a UUID. */
  "2.5.4.45": 256,
};
/** Control characters, and those that turn the direction in which a name is read. */
const UNPRINTABLE = /[\p{Cc}\u2028-\u202E\u2066-\u2069]/u;

/**
 * Writes a subject from the widest to the narrowest: country, state, locality, organization, unit, common name, e-mail.
 *
 * @throws OrreryError `MATERIAL_NAME_INVALID` for a character that a name cannot have.
 */
export function writeSubject(subject: SubjectName): Name {
  const { country, state, locality, organization, organizationalUnit, commonName, email } = subject;
  const parts = {
    C: country,
    ST: state,
    L: locality,
    O: organization,
    OU: organizationalUnit,
    CN: commonName,
    E: email,
  };
  const given = Object.entries(parts).flatMap(([type, value]) =>
    value === undefined ? [] : [{ type, value }],
  );
  for (const { type, value } of given) {
    const fault = faultOfAttribute(type, value);
    if (fault !== undefined) throw new OrreryError("MATERIAL_NAME_INVALID", `subject's ${fault}`);
  }
  // Each with its type of text: the library takes plain texts for a notation of its own.
  return new Name(given.map(({ type, value }) => ({ [type]: [{ [textOf(type)]: value }] })));
}

/** What is wrong with somebody's subject; nothing when a certificate can bear it. */
export function faultOfSubject(name: Name): string | undefined {
  const attributes = name.toJSON().flatMap((rdn) => Object.entries(rdn));
  if (attributes.length > 20) return `${attributes.length} parts; allowed are 20`;
  for (const [type, values] of attributes) {
    for (const value of values) {
      const fault = faultOfAttribute(type, value);
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

function faultOfAttribute(type: string, value: string): string | undefined {
  const limit = Object.hasOwn(LIMITS, type) ? LIMITS[type] : undefined;
  if (limit === undefined) {
    return `attribute ${type.slice(0, 60)}; allowed are ${Object.keys(LIMITS).join(", ")}`;
  }
  const shown = `${type} ${JSON.stringify(value.slice(0, 100))}`;
  const { length } = Array.from(value);
  if (length === 0 || length > limit) {
    return `${shown} has ${length} characters; allowed are 1 to ${limit}`;
  }
  if (UNPRINTABLE.test(value) || !value.isWellFormed()) return `${shown} has characters that cannot be shown`;
  if (type === "C" && !/^[A-Za-z]{2}$/.test(value)) return `${shown} is not a country's two letters`;
  return undefined;
}

function textOf(type: string): "printableString" | "ia5String" | "utf8String" {
  if (type === "C") return "printableString";
  return type === "E" ? "ia5String" : "utf8String";
}
