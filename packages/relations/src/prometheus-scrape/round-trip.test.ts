import type { RelationView, Self } from "@orrery/charm";
import { bindTelemetry, defineTelemetry, resolveDeclaration } from "@orrery/telemetry";
import { expect, test } from "vitest";
import { provider } from "./provider.ts";
import { requirer } from "./requirer.ts";

const identity = {
  model: "obs",
  modelUuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713",
  application: "shop",
  charm: "storefront",
};

const storefront = defineTelemetry({
  product: "storefront",
  owner: "web-team",
  metrics: [
    {
      port: "http",
      interval: "5s",
      timeout: "4s",
      labels: { tier: "front" },
      sampleLimit: 1000,
      authorization: { kind: "bearer", credentials: { secret: "secret:abcdefghij0123456789", key: "token" } },
    },
  ],
  rules: {
    "errors.yaml":
      'alert: Errors\nexpr: rate(errors_total[5m]) > %%threshold%%\nparameters: { threshold: 0.05, severity: critical, for: 5m }\nnext: Look.\nevidence: errors_total\nsummary: "{{ $value }} fail"\n',
    "record.yaml": "record: shop:errors:rate5m\nexpr: sum by (route) (rate(errors_total[5m]))\n",
  },
});

const units = ["shop/0", "shop/1"];
const bound = bindTelemetry(resolveDeclaration(storefront, {}), {
  identity,
  metrics: storefront.metrics,
  ports: { http: 8080 },
  options: {},
  units,
});

const view: RelationView = {
  id: 1,
  endpoint: "metrics-endpoint",
  interface: "prometheus_scrape",
  application: "shop",
  charm: "storefront",
  units,
  version: 1,
  bags: { localApplication: {}, localUnit: {}, remoteApplication: {}, remoteUnits: {} },
  granted: ["127.3.0.1:8080", "127.3.0.2:8080"],
};

const writes = units.map((unit, at) => {
  const self: Self = {
    topology: { ...identity, unit },
    leader: at === 0,
    network: { address: `127.3.0.${at + 1}`, ports: { http: 8080 } },
  };
  return provider().encode(bound.value, view, self);
});

const decode = (model?: { readonly name: string; readonly uuid: string }) =>
  requirer().decode({
    ...view,
    ...(model && { model }),
    bags: {
      ...view.bags,
      remoteApplication: writes[0]?.application ?? {},
      remoteUnits: { "shop/0": writes[0]?.unit ?? {}, "shop/1": writes[1]?.unit ?? {} },
    },
  });

test("what a product declares arrives as it was bound, with wildcards expanded to its units", () => {
  const { value, problems } = decode({ name: "obs", uuid: identity.modelUuid });

  expect(bound.problems).toEqual([]);
  expect(problems).toEqual([]);
  expect(value.identity).toEqual(identity);
  expect(value.ruleGroups).toEqual(bound.value.ruleGroups);
  expect(value.scrapes).toMatchObject([
    {
      ...bound.value.scrapes[0],
      targets: [
        { address: "127.3.0.1:8080", unit: "shop/0", labels: { tier: "front" } },
        { address: "127.3.0.2:8080", unit: "shop/1", labels: { tier: "front" } },
      ],
      origin: { application: "shop", endpoint: "metrics-endpoint", relation: 1 },
    },
  ]);
});

test("a host that does not tell the model takes the sender's word for it", () => {
  expect(decode()).toEqual(decode({ name: "obs", uuid: identity.modelUuid }));
});

test("units that share an address arrive as the units that they are", () => {
  const address = "192.0.2.7";
  const ports = { "shop/0": { http: 8080 }, "shop/1": { http: 8081 } };
  const together = bindTelemetry(resolveDeclaration(storefront, {}), {
    identity,
    metrics: storefront.metrics,
    ports: ports["shop/0"],
    shared: { address, ports },
    options: {},
    units,
  });
  const topology = { ...identity, unit: "shop/0" };
  const sent = provider().encode(together.value, view, {
    topology,
    leader: true,
    network: { address, ports: ports["shop/0"], shared: ports },
  });
  const { value, problems } = requirer().decode({
    ...view,
    granted: [`${address}:8080`, `${address}:8081`],
    bags: {
      ...view.bags,
      remoteApplication: sent.application ?? {},
      remoteUnits: {
        "shop/0": sent.unit ?? {},
        "shop/1": { ...sent.unit, prometheus_scrape_unit_name: "shop/1" },
      },
    },
  });

  expect(problems).toEqual([]);
  expect(value.scrapes[0]?.targets).toEqual([
    { address: `${address}:8080`, unit: "shop/0", labels: { tier: "front" } },
    { address: `${address}:8081`, unit: "shop/1", labels: { tier: "front" } },
  ]);
});
