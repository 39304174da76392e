import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatTargetAddress, grantCheck, parseTargetAddress } from "./target-address.ts";

test.for([
  ["127.3.0.1:8080", "127.3.0.1:8080"],
  ["Zinc-0.zinc-endpoints.obs.svc.cluster.local.:9100", "zinc-0.zinc-endpoints.obs.svc.cluster.local:9100"],
  ["[2001:DB8:0:0::1]:9100", "[2001:db8::1]:9100"],
  ["2001:db8::1", "[2001:db8::1]"],
  ["localhost", "localhost"],
])("%s is read as %s", ([text, canonical]) => {
  const address = parseTargetAddress(text!);

  expect(address).toHaveProperty("host");
  expect("host" in address && formatTargetAddress(address)).toBe(canonical);
});

test.for([
  "",
  "*:80",
  "host:0",
  "host:65536",
  "host:80:90",
  "http://host:80/metrics",
  "user@host:80",
  "host/path:80",
  "host\n:80",
  "hόst:80",
  "169.254.169.254:80",
  "[fe80::1]:80",
  "[fe80::1%25eth0]:80",
  "0.0.0.0:80",
  "[::]:80",
  "0x7f000001:80",
  "2130706433:80",
  "127.1:80",
  "0177.0.0.1:80",
  "127.0.0.01:80",
  "256.0.0.1:80",
  "[::ffff:169.254.169.254]:80",
  "[::7f00:1]:80",
  "[64:ff9b::7f00:1]:80",
])("%j may never be scraped", (text) => {
  expect(parseTargetAddress(text)).toHaveProperty("refused");
});

test("what is read is written back as something that reads the same", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.ipV4(),
        fc.ipV6().map((ip) => `[${ip}]`),
        fc.domain(),
        fc.string(),
      ),
      fc.integer({ min: 1, max: 65535 }),
      (host, port) => {
        const address = parseTargetAddress(`${host}:${port}`);
        fc.pre("host" in address);
        expect(parseTargetAddress(formatTargetAddress(address))).toEqual(address);
      },
    ),
  );
});

test("a grant covers its own spelling of host and port, or every port of a bare host", () => {
  const address = { host: "127.3.0.1", port: 8080 };

  expect(grantCheck(["127.3.0.1:8080"])(address)).toBe(true);
  expect(grantCheck(["127.3.0.1"])(address)).toBe(true);
  expect(grantCheck(["127.3.0.1:8081", "127.3.0.11"])(address)).toBe(false);
  expect(grantCheck(["169.254.1.1"])({ host: "169.254.1.1", port: 80 })).toBe(false);
  expect(grantCheck(["2001:0db8::0001"])({ host: "2001:db8::1", port: 80 })).toBe(true);
});
