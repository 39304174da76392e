import type { Bag, RelationView, Self } from "@orrery/charm";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { provider } from "./provider.ts";
import { requirer } from "./requirer.ts";

const relation = (remoteApplication: Bag): RelationView => ({
  id: 6,
  endpoint: "remote-configuration",
  interface: "alertmanager_remote_configuration",
  application: "routes",
  units: ["routes/0"],
  version: 1,
  bags: { localApplication: {}, localUnit: {}, remoteApplication, remoteUnits: {} },
  granted: [],
});

const self: Self = {
  topology: {
    model: "obs",
    modelUuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713",
    application: "routes",
    unit: "routes/0",
    charm: "routes",
  },
  leader: true,
  network: { address: "127.3.0.1", ports: {} },
};

test("writes the text that the Python library writes", () => {
  const writes = provider().encode(
    { route: { receiver: "x" }, receivers: [{ name: "x" }] },
    relation({}),
    self,
  );

  expect(writes).toEqual({
    application: {
      alertmanager_config: '{"route": {"receiver": "x"}, "receivers": [{"name": "x"}]}',
      alertmanager_templates: "[]",
    },
  });
});

test("what is written is read back, templates too", () => {
  const value = {
    route: { receiver: "x" },
    receivers: [{ name: "x" }],
    templates: ['{{ define "t" }}é{{ end }}'],
  };
  const writes = provider().encode(value, relation({}), self);

  expect(requirer().decode(relation(writes.application ?? {}))).toEqual({ value, problems: [] });
});

test("before anything is written there is neither configuration nor problem", () => {
  expect(requirer().decode(relation({}))).toEqual({ value: undefined, problems: [] });
});

test.for([
  { what: "an unknown key", config: { route: {}, tracing: {} }, code: "DATABAG_INVALID_FIELD" },
  { what: "template paths", config: { templates: ["/etc/*"] }, code: "DATABAG_INVALID_FIELD" },
  {
    what: "a file path deep inside",
    config: { receivers: [{ name: "x", slack_configs: [{ api_url_file: "/etc/shadow" }] }] },
    code: "RELATION_INVALID_VALUE",
  },
  {
    what: "a proxy",
    config: { global: { http_config: { proxy_url: "http://x" } } },
    code: "RELATION_INVALID_VALUE",
  },
])("a configuration with $what is not taken at all", ({ config, code }) => {
  const decoded = requirer().decode(relation({ alertmanager_config: JSON.stringify(config) }));

  expect(decoded).toMatchObject({ value: undefined, problems: [{ code }] });
});

test("never throws, whatever the bag holds", () => {
  const text = fc.oneof(fc.string(), fc.json());
  fc.assert(
    fc.property(text, text, (alertmanager_config, alertmanager_templates) => {
      expect(() =>
        requirer().decode(relation({ alertmanager_config, alertmanager_templates })),
      ).not.toThrow();
    }),
  );
});
