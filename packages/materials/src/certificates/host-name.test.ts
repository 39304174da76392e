import { expect, test } from "vitest";
import { isAddress, isDnsName } from "./host-name.ts";

const label63 = "a".repeat(63);

test.for([
  "localhost",
  "shop.example",
  "*.shop.example",
  "shop-0.shop-endpoints.demo.svc.cluster.local",
  "_dmarc.shop.example",
  "xn--bcher-kva.example",
  `${label63}.${label63}.${label63}.${"a".repeat(61)}`,
])("%s is a DNS name", (name) => {
  expect(isDnsName(name)).toBe(true);
});

test.for([
  "",
  "*",
  ".",
  "a..b",
  "shop.example.",
  "-a.example",
  "a-.example",
  "shop.*.example",
  "sh*p.example",
  "bücher.example",
  "shop example",
  "shop.example\u0000.evil",
  "https://shop.example",
  "127.0.0.1",
  "::1",
  `${label63}a.example`,
  `${label63}.${label63}.${label63}.${"a".repeat(62)}`,
])("%j is none", (name) => {
  expect(isDnsName(name)).toBe(false);
});

test("addresses are IPv4 and IPv6, with nothing around them", () => {
  expect(["127.0.0.1", "::1", "2001:db8::1", "::ffff:1.2.3.4"].map(isAddress)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(["127.0.0.1/8", "[::1]", "fe80::1%eth0", "1.2.3", "", "shop"].some(isAddress)).toBe(false);
});
