import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { chooseListen, keepListen } from "./listen-address.ts";
import { probePort } from "./probe-port.ts";

const root = mkdtempSync(join(tmpdir(), "orrery-listen-"));
const kept = join(root, "network.json");
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("what was asked for once is kept until it is taken back", async () => {
  expect(await chooseListen(kept, undefined, probePort)).toBeUndefined();
  keepListen(kept, await chooseListen(kept, "127.0.0.1", probePort));
  expect(await chooseListen(kept, undefined, probePort)).toBe("127.0.0.1");

  keepListen(kept, await chooseListen(kept, "loopback", probePort));
  expect(await chooseListen(kept, undefined, probePort)).toBeUndefined();
});

test.for([
  { address: "192.0.2.1", why: "is none of this machine's" },
  { address: "0.0.0.0", why: "is unspecified" },
  { address: "169.254.0.1", why: "is link-local" },
  { address: "127.1", why: "is no IPv4 address" },
  { address: "::1", why: "is no IPv4 address" },
  { address: "localhost", why: "is no IPv4 address" },
])("$address is refused, since it $why", async ({ address, why }) => {
  await expect(chooseListen(kept, address, probePort)).rejects.toMatchObject({
    code: "LISTEN_ADDRESS_UNUSABLE",
    message: expect.stringContaining(why),
  });
});

test("a file that is none of ours is not taken for nothing", async () => {
  const broken = join(root, "broken.json");
  writeFileSync(broken, "{");

  await expect(chooseListen(broken, undefined, probePort)).rejects.toMatchObject({ code: "HOME_UNUSABLE" });
});
