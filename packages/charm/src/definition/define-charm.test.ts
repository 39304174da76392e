import { expect, expectTypeOf, test } from "vitest";
import { active } from "../outcome/status.ts";
import { defineCharm } from "./define-charm.ts";
import type { Endpoint } from "./endpoint.ts";

const numbers: Endpoint<number, { readonly size: number }> = {
  role: "provides",
  interface: "numbers",
  decode: () => ({ value: 1, problems: [] }),
  encode: ({ size }) => ({ unit: { size: String(size) } }),
};

test("a charm's own names and values are typed by its definition alone", () => {
  const charm = defineCharm({
    name: "typed",
    config: {
      fault: { type: "string", default: "none", oneOf: ["none", "errors"] },
      size: { type: "int" },
      token: { type: "secret" },
    },
    ports: { http: { prefer: 8080 } },
    containers: { shop: { program: "node" } },
    endpoints: { numbers },
    reconcile: ({ config, network, endpoints, containers }) => {
      expectTypeOf(config.fault).toEqualTypeOf<"none" | "errors">();
      expectTypeOf(config.size).toEqualTypeOf<number | undefined>();
      expectTypeOf(config.token).toEqualTypeOf<string | undefined>();
      expectTypeOf(network.ports).toEqualTypeOf<Readonly<Record<"http", number>>>();
      expectTypeOf(endpoints.numbers.relations[0]?.value).toEqualTypeOf<number | undefined>();
      expectTypeOf(containers).toHaveProperty("shop");
      return { status: active(), publish: { numbers: { size: 1 } } };
    },
  });
  expect(charm.load({}).manifest).toMatchObject({
    name: "typed",
    endpoints: { numbers: { role: "provides", interface: "numbers" } },
  });
});

test("what the charm does not declare, or of another shape, is a type error", () => {
  defineCharm({
    name: "wrong",
    endpoints: { numbers },
    // @ts-expect-error: the endpoint takes a size.
    reconcile: () => ({ status: active(), publish: { numbers: { length: 1 } } }),
  });
  defineCharm({
    name: "wrong",
    reconcile: ({ config }) => {
      // @ts-expect-error: the charm has no options.
      expectTypeOf(config.fault).toBeAny();
      return { status: active() };
    },
  });
  expect.assertions(0);
});

test.for<{ what: string; make: () => unknown; told: RegExp }>([
  {
    what: "a name with capitals",
    make: () => defineCharm({ name: "Shop", reconcile }),
    told: /charm name "Shop"/u,
  },
  {
    what: "an endpoint with a slash",
    make: () => defineCharm({ name: "shop", endpoints: { "a/b": numbers }, reconcile }),
    told: /endpoint "a\/b"/u,
  },
  {
    what: "a port past the last",
    make: () => defineCharm({ name: "shop", ports: { web: { prefer: 70000 } }, reconcile }),
    told: /1 to 65535/u,
  },
  {
    what: "a default that the option refuses",
    make: () =>
      defineCharm({ name: "shop", config: { size: { type: "int", default: 5, maximum: 4 } }, reconcile }),
    told: /default of option size was given 5/u,
  },
  {
    what: "a secret with a default",
    make: () =>
      defineCharm({
        name: "shop",
        // @ts-expect-error: a secret has no default.
        config: { token: { type: "secret", default: "secret:abcdefghij0123456789" } },
        reconcile,
      }),
    told: /option token of type secret has a default/u,
  },
  {
    what: "a pattern that is none",
    make: () => defineCharm({ name: "shop", config: { size: { type: "string", pattern: "(" } }, reconcile }),
    told: /invalid pattern/u,
  },
])("refuses $what", ({ make, told }) => {
  expect(make).toThrow(
    expect.objectContaining({ code: "CHARM_INVALID", message: expect.stringMatching(told) }),
  );
});

function reconcile(): { readonly status: { readonly status: "active"; readonly message: string } } {
  return { status: { status: "active", message: "" } };
}
