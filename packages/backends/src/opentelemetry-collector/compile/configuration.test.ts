import { expect, test } from "vitest";
import { configuration } from "./configuration.ts";
import { otlpUrl } from "./loki-exporter.ts";

const to = {
  program: "/p/otelcol",
  storage: "/s",
  address: "127.6.0.2",
  metricsPort: 8888,
  healthPort: 13133,
};
const settings = {
  unitsFolder: "/home/units",
  lokis: ["http://127.6.0.1:3100/otlp", "http://127.6.0.1:3100/p/otlp"],
  queueSize: 1000,
  memoryLimitMib: 256,
  logLevel: "info",
} as const;
const of = { application: "otelcol", model: "co$t", modelUuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713" };

const text = configuration(settings, to, of)["otelcol.json"]?.content ?? "";

test("it listens where it was told to and nowhere else", () => {
  expect(JSON.parse(text)).toMatchObject({
    extensions: { health_check: { endpoint: "127.6.0.2:13133" } },
    service: {
      telemetry: {
        metrics: {
          readers: [{ pull: { exporter: { prometheus: { host: "127.6.0.2", port: 8888 } } } }],
        },
      },
    },
  });
});

test("each Loki gets every line, from a queue of its own on disk that has no end of trying", () => {
  const { exporters, service } = JSON.parse(text);

  expect(service.pipelines.logs.exporters).toEqual(Object.keys(exporters));
  expect(exporters).toMatchObject({
    "otlp_http/127.6.0.1:3100": {
      endpoint: "http://127.6.0.1:3100/otlp",
      sending_queue: { storage: "file_storage" },
      retry_on_failure: { max_elapsed_time: "0s" },
    },
    "otlp_http/127.6.0.1:3100/p": { endpoint: "http://127.6.0.1:3100/p/otlp" },
  });
});

test("identity is written after everything else", () => {
  const { processors, service } = JSON.parse(text.replaceAll("$$", () => "$"));

  expect(service.pipelines.logs.processors.at(-1)).toBe("resource/identity");
  expect(processors["resource/identity"]).toEqual({
    attributes: [
      { key: "juju_model", value: "co$t", action: "upsert" },
      { key: "juju_model_uuid", value: of.modelUuid, action: "upsert" },
    ],
  });
});

test("no dollar is left for the Collector to expand", () => {
  expect(text).toContain("co$$t");
  expect(text.replaceAll("$$", "")).not.toContain("$");
});

test("a Loki's OTLP is found by where it takes pushes, anything else is not", () => {
  expect(otlpUrl("https://loki:3100/p/loki/api/v1/push")).toBe("https://loki:3100/p/otlp");
  expect(otlpUrl("https://vector:8080/push")).toBeUndefined();
});
