import { createServer } from "node:net";
import type { AddressInfo, Server } from "node:net";
import { expect, test } from "vitest";
import type { PlaceNetworkOptions } from "./place-network.ts";
import { placeNetwork } from "./place-network.ts";
import { probePort } from "./probe-port.ts";

const shop: PlaceNetworkOptions = {
  home: "/home/of/tests",
  unit: "shop/0",
  ports: { http: { prefer: 28_080 } },
  applicationPorts: {},
  usedAddresses: new Set(),
  usedPorts: new Set(),
  probe: probePort,
};

async function listening(host: string, port: number): Promise<Server & AsyncDisposable> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  return Object.assign(server, {
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}

test("gives a unit the same address each time, and another one in another data folder", async () => {
  const first = await placeNetwork(shop);

  expect(await placeNetwork(shop)).toEqual(first);
  expect(first.address).toMatch(/^127\.(?!0\.)/);
  expect((await placeNetwork({ ...shop, home: "/home/of/others" })).address).not.toBe(first.address);
  expect((await placeNetwork({ ...shop, usedAddresses: new Set([first.address]) })).address).not.toBe(
    first.address,
  );
});

test.for([
  { where: "127.0.0.1", what: "another program on 127.0.0.1" },
  { where: "0.0.0.0", what: "another program on every address" },
])("leaves a number to $what", async ({ where }) => {
  await using taken = await listening(where, 0);
  const { port } = taken.address() as AddressInfo;
  const { ports } = await placeNetwork({ ...shop, ports: { http: { prefer: port } } });

  expect(ports["http"]).not.toBe(port);
  expect(ports["http"]).toBeLessThan(32_768);
});

test("gives every unit of an application the same numbers, though one listens already", async () => {
  const first = await placeNetwork(shop);
  const number = first.ports["http"] ?? 0;
  await using running = await listening(first.address, number);
  const second = await placeNetwork({
    ...shop,
    unit: "shop/1",
    applicationPorts: first.ports,
    usedAddresses: new Set([first.address]),
  });

  expect(running.listening).toBe(true);
  expect(second.ports).toEqual(first.ports);
  expect(second.address).not.toBe(first.address);
});

test("says which number is missing when an application's own number was taken by a stranger", async () => {
  const { ports } = await placeNetwork(shop);
  await using stranger = await listening("0.0.0.0", ports["http"] ?? 0);

  expect(stranger.listening).toBe(true);
  await expect(placeNetwork({ ...shop, unit: "shop/1", applicationPorts: ports })).rejects.toMatchObject({
    code: "PORT_TAKEN",
  });
});

test("gives two ports of one unit, and two applications, different numbers", async () => {
  const ports = { web: { prefer: 28_180 }, admin: { prefer: 28_180 } };
  const first = await placeNetwork({ ...shop, ports });
  const numbers = Object.values(first.ports);
  const second = await placeNetwork({ ...shop, unit: "cart/0", ports, usedPorts: new Set(numbers) });

  expect(new Set([...numbers, ...Object.values(second.ports)]).size).toBe(4);
});

test("units that share an address that they were given have numbers of their own, though none listens yet", async () => {
  const listen = "127.0.0.1";
  const first = await placeNetwork({ ...shop, listen });
  const number = first.ports["http"] ?? 0;
  const siblingPorts = new Map([[listen, [number]]]);
  const second = await placeNetwork({
    ...shop,
    listen,
    unit: "shop/1",
    applicationPorts: first.ports,
    siblingPorts,
  });

  expect([first.address, second.address]).toEqual([listen, listen]);
  expect(second.ports["http"]).toBeGreaterThan(number);
  await expect(placeNetwork({ ...shop, listen: "192.0.2.1" })).rejects.toMatchObject({
    code: "LISTEN_ADDRESS_UNUSABLE",
  });
});

test("makes do with 127.0.0.1 where the machine has no other loopback address", async () => {
  const { address } = await placeNetwork({
    ...shop,
    probe: (host, port) =>
      host.startsWith("127.") && host !== "127.0.0.1" ? Promise.resolve("no-address") : probePort(host, port),
  });

  expect(address).toBe("127.0.0.1");
});
