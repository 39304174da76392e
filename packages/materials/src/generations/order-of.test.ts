import { caCertificate, certificate, csr, password, privateKey } from "@orrery/charm";
import type { MaterialRequest } from "@orrery/charm";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { inputsOf, orderOf } from "./order-of.ts";

const subject = { commonName: "shop" };
const request = (key: string): MaterialRequest => csr({ key, subject, sans: {} });
const root = (key: string): MaterialRequest => caCertificate({ key, subject, validitySeconds: 60 });
const leaf = (key: string, ca: string): MaterialRequest =>
  certificate({ csr: "", key, ca, validitySeconds: 60 });

test("keys come first, then what they sign, in whatever order they are asked for", () => {
  const requests = {
    leaf: leaf("key", "ca"),
    ca: root("key"),
    key: privateKey("rsa-2048"),
    admin: password(12),
  };

  expect(orderOf(requests)).toEqual({ order: ["admin", "key", "ca", "leaf"], problems: [] });
  expect(inputsOf(requests.leaf)).toEqual(["key", "ca"]);
});

test.for<{
  what: string;
  requests: Record<string, MaterialRequest>;
  found: readonly string[];
  order: string[];
}>([
  {
    what: "an unknown key, and what is made from its owner",
    requests: { ca: root("kee"), key: privateKey("rsa-2048"), leaf: leaf("key", "ca") },
    found: [
      'MATERIAL_UNKNOWN ca: key of material "ca" names "kee", which is not asked for; allowed is "key"',
      'MATERIAL_INPUT_MISSING leaf: material "leaf" is made from "ca", which cannot be made',
    ],
    order: ["key"],
  },
  {
    what: "a key that is a password",
    requests: { key: password(12), csr: request("key") },
    found: [
      'MATERIAL_KIND_MISMATCH csr: key of material "csr" names "key", which is a password; allowed is a private-key, and none is asked for',
    ],
    order: ["key"],
  },
  {
    what: "a circle of two, and one that is behind it",
    requests: { a: root("b"), b: request("a"), c: request("b"), d: password(12) },
    found: [
      'MATERIAL_CYCLE a: material is made in a circle: "a", from "b", from "a"',
      'MATERIAL_CYCLE b: material is made in a circle: "a", from "b", from "a"',
      'MATERIAL_KIND_MISMATCH c: key of material "c" names "b", which is a csr; allowed is a private-key, and none is asked for',
    ],
    order: ["d"],
  },
  {
    what: "one that is made from itself",
    requests: { a: root("a") },
    found: ['MATERIAL_CYCLE a: material is made in a circle: "a", from "a"'],
    order: [],
  },
])("tells of $what, and orders the others", ({ requests, found, order }) => {
  const { order: kept, problems } = orderOf(requests);

  expect(problems.map(({ code, origin, message }) => `${code} ${origin.item}: ${message}`)).toEqual(found);
  expect(kept).toEqual(order);
});

const anId = fc.constantFrom("a", "b", "c", "d", "e", "__proto__", "constructor");
const aRequest: fc.Arbitrary<MaterialRequest> = fc.oneof(
  fc.constant(password(12)),
  fc.constant(privateKey("ecdsa-p256")),
  anId.map(request),
  anId.map(root),
  fc.tuple(anId, anId).map(([key, ca]) => leaf(key, ca)),
);

test("whatever is asked for: each is in the order after its inputs, or has one problem", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anId, aRequest)), (entries) => {
      const requests = Object.fromEntries(entries);
      const { order, problems } = orderOf(requests);

      expect([...order, ...problems.map(({ origin }) => origin.item ?? "")].toSorted()).toEqual(
        Object.keys(requests).toSorted(),
      );
      for (const [i, id] of order.entries()) {
        expect(order.slice(0, i)).toEqual(expect.arrayContaining([...inputsOf(requests[id]!)]));
      }
      expect(orderOf(Object.fromEntries(Object.entries(requests).toReversed()))).toEqual({ order, problems });
    }),
    { numRuns: 500 },
  );
});

test("ten thousand certificates of one CA are ordered, each after it", () => {
  const leafs = Array.from({ length: 10_000 }, (_, i) => [`leaf-${i}`, leaf("key", "ca")] as const);
  const { order, problems } = orderOf({
    ...Object.fromEntries(leafs),
    ca: root("key"),
    key: privateKey("ecdsa-p256"),
  });

  expect(order.slice(0, 2)).toEqual(["key", "ca"]);
  expect([order.length, problems.length]).toEqual([10_002, 0]);
});
