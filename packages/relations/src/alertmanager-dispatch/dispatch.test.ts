import type { Bag, RelationView, Self } from "@orrery/charm";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { provider } from "./provider.ts";
import { requirer } from "./requirer.ts";

const granted = ["am-0.x:9093", "am-1.x", "127.3.0.1:9093"];

const relation = (remoteUnits: Readonly<Record<string, Bag>>): RelationView => ({
  id: 5,
  endpoint: "alertmanager",
  interface: "alertmanager_dispatch",
  application: "alertmanager",
  units: Object.keys(remoteUnits),
  version: 1,
  bags: { localApplication: {}, localUnit: {}, remoteApplication: {}, remoteUnits },
  granted,
});

const self: Self = {
  topology: {
    model: "obs",
    modelUuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713",
    application: "alertmanager",
    unit: "alertmanager/0",
    charm: "alertmanager",
  },
  leader: false,
  network: { address: "127.3.0.1", ports: {} },
};

test("each unit writes what versions 1 and 0 read, whoever leads", () => {
  expect(provider().encode({ url: "http://am-0.x:9093/p" }, relation({}), self)).toEqual({
    unit: { url: "http://am-0.x:9093/p", public_address: "am-0.x:9093/p", scheme: "http" },
  });
});

test("what is written is read back, sorted, each URL once, old units too", () => {
  const written = provider().encode({ url: "http://am-0.x:9093/p" }, relation({}), self).unit ?? {};
  const { value, problems } = requirer().decode(
    relation({
      "alertmanager/1": { public_address: "am-1.x:9093", scheme: "https" },
      "alertmanager/0": written,
      "alertmanager/2": written,
      "alertmanager/3": {},
    }),
  );

  expect(problems).toEqual([]);
  expect(value).toEqual([
    { url: "http://am-0.x:9093/p", scheme: "http", address: "am-0.x:9093", pathPrefix: "/p" },
    { url: "https://am-1.x:9093", scheme: "https", address: "am-1.x:9093", pathPrefix: "" },
  ]);
});

test.for([
  "http://169.254.169.254/latest",
  "http://127.3.0.2:9093",
  "http://user:pw@am-0.x:9093",
  "http://am-0.x:9093/?a=b",
  "file:///etc/passwd",
  "http://am-0.x:9093/\n",
])("the URL %j is left out and reported, the others stay", (url) => {
  const { value, problems } = requirer().decode(
    relation({ "alertmanager/0": { url }, "alertmanager/1": { url: "http://127.3.0.1:9093/" } }),
  );

  expect(value.map((one) => one.url)).toEqual(["http://127.3.0.1:9093"]);
  expect(problems).toMatchObject([{ code: "RELATION_URL_REFUSED", origin: { unit: "alertmanager/0" } }]);
});

test("never throws, whatever the bags hold", () => {
  const bag = fc.dictionary(
    fc.constantFrom("url", "public_address", "scheme", "__proto__"),
    fc.oneof(fc.string(), fc.webUrl()),
  );
  fc.assert(
    fc.property(bag, (unit) => {
      expect(requirer().decode(relation({ "alertmanager/0": unit })).value).toEqual([]);
    }),
  );
});
