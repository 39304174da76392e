import type { Bag, RelationView, Self } from "@orrery/charm";
import { expect, test } from "vitest";
import type { ScrapeFeedback } from "./feedback.ts";
import { provider } from "./provider.ts";
import { requirer } from "./requirer.ts";

const self: Self = {
  topology: {
    model: "obs",
    modelUuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713",
    application: "eye",
    unit: "eye/0",
    charm: "eye",
  },
  leader: true,
  network: { address: "10.1.7.20", ports: {} },
};

function relation(remoteApplication: Bag = {}): RelationView {
  return {
    id: 2,
    endpoint: "metrics-endpoint",
    interface: "prometheus_scrape",
    application: "eye",
    units: ["eye/0"],
    version: 1,
    granted: [],
    bags: { localApplication: {}, localUnit: {}, remoteApplication, remoteUnits: {} },
  };
}

test("feedback goes out as the peers' event, empty when all is well, and comes back as problems", () => {
  const write = (value: ScrapeFeedback): Bag => requirer().encode(value, relation(), self).application ?? {};

  expect(write({})).toEqual({ event: "{}" });
  expect(write({ scrapeJobErrors: "no" })).toEqual({ event: '{"scrape_job_errors": "no"}' });
  expect(provider().decode(relation(write({})))).toEqual({ value: {}, problems: [] });
  expect(provider().decode(relation(write({ errors: "bad \u001b[31mrule" })))).toMatchObject({
    value: { errors: "bad \u001b[31mrule" },
    problems: [{ code: "RELATION_REJECTED", message: 'eye reports "bad \\u001b[31mrule"' }],
  });
});
