import { expect, test } from "vitest";
import { readDocument } from "./read-document.ts";
import { resolveBundle } from "./resolve-bundle.ts";

const SHOP = `
description: a shop
series: noble
applications:
  shop:
    charm: ./shop
    num_units: 2
    trust: true
    options: { fault: none, traffic: 5, page: include-file://page.html }
  prometheus: { charm: prometheus, scale: 1 }
  loki: { charm: loki }
relations:
  - [shop:metrics-endpoint, prometheus]
  - [loki, [shop:logging, prometheus]]
`;

const plain = { charm: (reference: string) => reference, option: (value: string) => value };

async function bundle(text: string): ReturnType<typeof readDocument> {
  return await readDocument(text, { file: "bundle.yaml", kind: "bundle" });
}
async function overlay(text: string): ReturnType<typeof readDocument> {
  return await readDocument(text, { file: "over.yaml", kind: "overlay" });
}

test("a Juju bundle is read with its units, options and relations, and says which keys mean nothing here", async () => {
  const found = resolveBundle(await bundle(SHOP), [], {
    charm: (reference) => `at ${reference}`,
    option: (value) => value.replace("include-file://page.html", "<p>hello</p>"),
  });

  expect(found).toEqual({
    description: "a shop",
    applications: {
      shop: { charm: "at ./shop", units: 2, options: { fault: "none", traffic: 5, page: "<p>hello</p>" } },
      prometheus: { charm: "at prometheus", units: 1, options: {} },
      loki: { charm: "at loki", units: 1, options: {} },
    },
    relations: [
      ["shop:metrics-endpoint", "prometheus"],
      ["loki", "shop:logging"],
      ["loki", "prometheus"],
    ],
    unused: ["series", "shop.trust"],
  });
});

test("an overlay sets options, adds applications and relations, and takes one out with its relations", async () => {
  const over = await overlay(`
applications:
  shop: { options: { fault: errors } }
  loki: null
  tempo: { charm: tempo }
relations: [[tempo, shop:tracing]]
`);
  const { applications, relations } = resolveBundle(await bundle(SHOP), [over], plain);

  expect(Object.keys(applications)).toEqual(["shop", "prometheus", "tempo"]);
  expect(applications["shop"]).toMatchObject({
    charm: "./shop",
    units: 2,
    options: { fault: "errors", traffic: 5 },
  });
  expect(relations).toEqual([
    ["shop:metrics-endpoint", "prometheus"],
    ["tempo", "shop:tracing"],
  ]);
});

test("an application that an overlay adds without a charm is refused by its name", async () => {
  const over = await overlay("applications: { shp: { num_units: 2 } }");
  const document = await bundle(SHOP);

  expect(() => resolveBundle(document, [over], plain)).toThrow("application shp has no charm");
});

test.for([
  [
    "a key that no bundle has",
    "applications: { shop: { charm: a, chanel: x } }",
    "line 1: applications.shop has the unknown key chanel",
  ],
  [
    "an application without a charm",
    "applications:\n  shop: { num_units: 1 }",
    "line 2: applications.shop has no charm",
  ],
  [
    "units that are no number",
    "applications:\n  shop:\n    charm: a\n    num_units: two",
    "line 4: applications.shop.num_units must be integer",
  ],
  [
    "a relation with one end",
    "applications: { shop: { charm: a } }\nrelations:\n  - [shop]",
    "line 3: relations.0 must NOT have fewer than 2 items",
  ],
  [
    "a name that is none",
    "applications: { Shop!: { charm: a } }",
    "applications has the name Shop!, which is none",
  ],
  ["a key that stands twice", "applications: {}\napplications: {}", "line 2: duplicate key"],
  ["text that is no YAML", "applications: [", "line 1: "],
  ["a list", "- applications", "the bundle must be object"],
])("%s is refused with the file and the line", async ([, text = "", told = ""]) => {
  await expect(bundle(text)).rejects.toMatchObject({
    code: "BUNDLE_INVALID",
    origin: { file: "bundle.yaml" },
  });
  await expect(bundle(text)).rejects.toThrow(told);
});

test("an alias bomb is refused before it is unpacked", async () => {
  const levels = Array.from(
    { length: 12 },
    (_, i) => `v${i + 1}: &v${i + 1} [${Array(9).fill(`*v${i}`).join(", ")}]`,
  );
  const text = `variables:\n  v0: &v0 boom\n  ${levels.join("\n  ")}\napplications: {}`;

  await expect(bundle(text)).rejects.toMatchObject({ code: "BUNDLE_INVALID" });
});
