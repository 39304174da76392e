import { isAbsolute, posix } from "node:path";
import * as fc from "fast-check";
import type { FromSchema } from "json-schema-to-ts";
import { expect, expectTypeOf, test } from "vitest";
import { caCertificate, certificate, csr, password, privateKey } from "./material.ts";
import type { MaterialRequest, SubjectName } from "./material.ts";
import type { materialSchema, momentSchema, subjectSchema } from "./material-schema.ts";
import type { Outcome } from "./outcome.ts";
import type { outcomeSchema } from "./outcome-schema.ts";
import { validateOutcome } from "./validate-outcome.ts";

const least: Outcome = {
  protocol: 1,
  status: { status: "active", message: "" },
  bags: {},
  containers: {},
  materials: {},
  secrets: {},
  openedPorts: [],
  deadlines: [],
  external: {},
  problems: [],
  expectations: [],
};

test("everything the schema accepts is an Outcome in its outer form", () => {
  type Accepted = FromSchema<typeof outcomeSchema>;
  expectTypeOf<Accepted["status"]>().toExtend<Outcome["status"]>();
  expectTypeOf<Accepted["deadlines"]>().toExtend<Outcome["deadlines"]>();
  expectTypeOf<keyof Accepted>().toEqualTypeOf<keyof Outcome>();
  expect(validateOutcome(least)).toBe(least);
});

test("everything the schema accepts as a material is a MaterialRequest, and the other way round", () => {
  type References = [typeof momentSchema, typeof subjectSchema];
  type Accepted = FromSchema<typeof materialSchema, { references: References }>;
  expectTypeOf<Accepted>().toExtend<MaterialRequest>();
  expectTypeOf<FromSchema<typeof subjectSchema>>().toEqualTypeOf<Mutable<SubjectName>>();
  type Kinds = { [Kind in MaterialRequest as Kind["kind"]]: keyof Kind };
  expectTypeOf<{ [Kind in Accepted as Kind["kind"]]: keyof Kind }>().toEqualTypeOf<Kinds>();

  const subject = {
    commonName: "shop.example",
    organization: "Orrery",
    organizationalUnit: "Web",
    country: "DE",
    state: "Berlin",
    locality: "Berlin",
    email: "web@shop.example",
  };
  const timing = { rotateAt: "2026-01-01T00:00:00Z", keepPrevious: false };
  const materials: Record<string, MaterialRequest> = {
    admin: password(24, timing),
    key: privateKey("rsa-2048", timing),
    csr: csr({ key: "key", subject, sans: { dns: ["*.shop.example"], ip: ["::1"] }, ...timing }),
    ca: caCertificate({ key: "key", subject, validitySeconds: 60, ...timing }),
    leaf: certificate({ csr: "", key: "key", ca: "ca", validitySeconds: 315_360_000, isCa: true, ...timing }),
  };
  expect(validateOutcome({ ...least, materials }).materials).toBe(materials);
});

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

test("no path that is accepted leads out of its folder", () => {
  const part = fc.constantFrom(
    "..",
    ".",
    "",
    "a",
    "b.yml",
    "_x",
    "~",
    "%2e%2e",
    "\\",
    "..\\",
    " ",
    "\u0000",
    "C:",
    "-rf",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(part, { maxLength: 6 }).map((parts) => parts.join("/")),
        fc.string(),
      ),
      (path) => {
        const outcome = { ...least, containers: { c: { services: {}, files: { [path]: { content: "" } } } } };
        let accepted = true;
        try {
          validateOutcome(outcome);
        } catch {
          accepted = false;
        }
        const full = posix.resolve("/root", path);
        const inside = full.startsWith("/root/") && full === `/root/${path}` && !isAbsolute(path);
        expect(accepted && !inside).toBe(false);
      },
    ),
    { numRuns: 500 },
  );
});

test.for<{ what: string; outcome: unknown; told: string }>([
  { what: "nothing", outcome: undefined, told: "/ must be object" },
  {
    what: "a status that is none",
    outcome: { ...least, status: { status: "great", message: "" } },
    told: "/status/status must be equal to one of the allowed values (active",
  },
  {
    what: "a bag that holds a number",
    outcome: { ...least, bags: { "1": { unit: { port: 80 } } } },
    told: "/bags/1/unit/port must be string",
  },
  { what: "a bag of no relation", outcome: { ...least, bags: { constructor: {} } }, told: "/bags" },
  { what: "an unknown key", outcome: { ...least, files: {} }, told: "(files)" },
  {
    what: "a password without a length",
    outcome: { ...least, materials: { admin: { kind: "password" } } },
    told: "/materials/admin must have required property 'length'",
  },
  {
    what: "a material of no known kind",
    outcome: { ...least, materials: { admin: { kind: "token" } } },
    told: "/materials/admin/kind must be equal to one of the allowed values (password, private-key, csr",
  },
  {
    what: "a name that X.509 has no room for",
    outcome: {
      ...least,
      materials: { csr: csr({ key: "key", subject: { commonName: "c".repeat(65) }, sans: {} }) },
    },
    told: "/materials/csr/subject/commonName must NOT have more than 64 characters",
  },
  {
    what: "a certificate for a minute less a second",
    outcome: {
      ...least,
      materials: { c: certificate({ csr: "", key: "key", ca: "ca", validitySeconds: 59 }) },
    },
    told: "/materials/c/validitySeconds must be >= 60",
  },
  {
    what: "a rotation at no moment",
    outcome: { ...least, materials: { admin: password(16, { rotateAt: "tomorrow" }) } },
    told: "/materials/admin/rotateAt must match pattern",
  },
  {
    what: "a command that is a line",
    outcome: { ...least, containers: { c: { services: { s: { command: "rm -rf /" } } } } },
    told: "/containers/c/services/s/command must be array",
  },
])("refuses $what and says where", ({ outcome, told }) => {
  expect(() => validateOutcome(outcome)).toThrow(
    expect.objectContaining({ code: "OUTCOME_INVALID", message: expect.stringContaining(told) }),
  );
});
