import { defineCharm, active } from "@orrery/charm";
import { defineTelemetry } from "@orrery/telemetry";
import type { TelemetryDeclaration } from "@orrery/telemetry";
import { expect, expectTypeOf, test } from "vitest";
import { observable } from "./observable.ts";
import type { MetricsEndpoint } from "./observable.ts";
import { over } from "./over.ts";

const storefront = defineTelemetry({ product: "storefront", metrics: [{ port: "http" }] });

test("metrics call for a metrics-endpoint, under another name where the charm has that already", () => {
  expectTypeOf(observable(storefront)).toEqualTypeOf<{ readonly "metrics-endpoint": MetricsEndpoint }>();
  expect(observable(storefront)["metrics-endpoint"]).toMatchObject({
    role: "provides",
    interface: "prometheus_scrape",
    carries: "telemetry",
  });

  const named = observable(storefront, { metrics: "self-metrics-endpoint" });
  expectTypeOf(named).toEqualTypeOf<{ readonly "self-metrics-endpoint": MetricsEndpoint }>();
  expect(Object.keys(named)).toEqual(["self-metrics-endpoint"]);
});

test("a declaration without metrics and rules calls for nothing", () => {
  expect(observable(defineTelemetry({ product: "silent" }))).toEqual({});
});

test("a declaration of the general type may have metrics, so its endpoint is known", () => {
  const general: TelemetryDeclaration = storefront;

  expectTypeOf(observable(general)).toEqualTypeOf<{ readonly "metrics-endpoint": MetricsEndpoint }>();
  expect(observable(general)).toHaveProperty("metrics-endpoint");
});

test("a charm infers its endpoints from a declaration", () => {
  const charm = defineCharm({
    name: "storefront",
    endpoints: observable(storefront),
    reconcile: ({ endpoints }) => {
      expectTypeOf(endpoints["metrics-endpoint"].relations[0]!.value.errors).toEqualTypeOf<
        string | undefined
      >();
      return { status: active() };
    },
  });

  expect(charm.name).toBe("storefront");
});

test("over replaces values and keeps the rest", () => {
  const changed = over(storefront, { metrics: { scheme: "https" } });

  expect(changed).toEqual({ product: "storefront", metrics: [{ port: "http", scheme: "https" }] });
  expect(storefront.metrics).toEqual([{ port: "http" }]);
});
