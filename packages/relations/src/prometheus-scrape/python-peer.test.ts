import { readFileSync } from "node:fs";
import type { Bag } from "@orrery/charm";
import { expect, test } from "vitest";
import { requirer } from "./requirer.ts";

interface PeerJob {
  readonly metrics_path: string;
  readonly static_configs: readonly {
    readonly targets: readonly string[];
    readonly labels: Readonly<Record<string, string>>;
  }[];
}

/** Bags that the Python provider wrote, and the jobs that the Python consumer made of them, both run under ops' Scenario. */
const peer = JSON.parse(
  readFileSync(new URL("../../test/fixtures/zinc.scenario-0.61.python.json", import.meta.url), "utf8"),
) as {
  readonly application: Bag;
  readonly units: Readonly<Record<string, Bag>>;
  readonly peer: { readonly jobs: readonly PeerJob[] };
};

const decoded = requirer().decode({
  id: 2,
  endpoint: "metrics-endpoint",
  interface: "prometheus_scrape",
  application: "zinc",
  units: ["zinc/1", "zinc/0"],
  version: 1,
  bags: { localApplication: {}, localUnit: {}, remoteApplication: peer.application, remoteUnits: peer.units },
  granted: ["10.1.7.20", "10.1.7.21", "203.0.113.9:9100"],
});

test("the targets, paths, units and labels are those that the Python consumer comes to", () => {
  const ours = decoded.value.scrapes.flatMap(({ path, targets }) =>
    targets.map(({ address, unit = "", pathPrefix = "", labels }) =>
      JSON.stringify({ address, unit, path: pathPrefix + path, labels }),
    ),
  );
  const theirs = peer.peer.jobs.flatMap(({ metrics_path: path, static_configs: configs }) =>
    configs.flatMap(({ targets, labels: all }) => {
      const {
        juju_model: _m,
        juju_model_uuid: _u,
        juju_application: _a,
        juju_charm: _c,
        juju_unit: unit = "",
        ...labels
      } = all;
      return targets.map((address) => JSON.stringify({ address, unit, path, labels }));
    }),
  );

  expect(ours.toSorted()).toEqual(theirs.toSorted());
});

test("all else of a job that the Python provider wrote is read", () => {
  expect(decoded.problems).toEqual([]);
  expect(decoded.value.scrapes[0]).toMatchObject({
    name: "api",
    scheme: "https",
    interval: "30s",
    timeout: "10s",
    sampleLimit: 5000,
    params: { collect: ["a", "b"] },
    metricRelabelings: [{ sourceLabels: ["__name__"], regex: "go_.*", action: "drop" }],
    tls: { ca: expect.stringContaining("BEGIN CERTIFICATE"), insecureSkipVerify: false },
  });
});
