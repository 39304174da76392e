import type { NetworkView, PortSpec } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import { expectOwnAddress } from "./listen-address.ts";
import type { ProbePort } from "./probe-port.ts";
import { proposeAddresses } from "./unit-address.ts";

/** What is needed to place a unit in the machine's network. */
export interface PlaceNetworkOptions {
  /** Absolute path of the data folder: other folders get other addresses. */
  readonly home: string;
  /** An address of the machine that all units share; loopback addresses of their own when absent. */
  readonly listen?: string;
  readonly unit: string;
  readonly ports: Readonly<Record<string, PortSpec>>;
  /** Numbers that the application's other units have; this unit gets the same. */
  readonly applicationPorts: Readonly<Record<string, number>>;
  readonly usedAddresses: ReadonlySet<string>;
  /** Numbers given to units of other applications. */
  readonly usedPorts: ReadonlySet<number>;
  /** Numbers given to other units of this application, by address. */
  readonly siblingPorts?: ReadonlyMap<string, readonly number[]>;
  readonly probe: ProbePort;
}

/** Above it the system hands out numbers to clients, so that a listener could find its own taken. */
const LAST_PORT = 32767;
const FIRST_PORT = 1024;
/** Addresses that are tried for a unit which must have its application's numbers. */
const ADDRESS_ATTEMPTS = 16;
const WILDCARD = "0.0.0.0";
const ONLY_LOOPBACK = "127.0.0.1";

/**
 * Gives a unit an address of its own and its port numbers.
 *
 * Where units listen on an address that they were given, or the machine has 127.0.0.1 alone, all share it and their numbers differ.
 *
 * @throws OrreryError `PORT_TAKEN` naming the first number that cannot be had; `LISTEN_ADDRESS_UNUSABLE`.
 */
export async function placeNetwork(options: PlaceNetworkOptions): Promise<NetworkView> {
  if (options.listen !== undefined) {
    await expectOwnAddress(options.listen, options.probe);
    return await share(options, options.listen);
  }
  let attempts = 0;
  let missing = "";
  for (const address of proposeAddresses(options.home, options.unit)) {
    if (options.usedAddresses.has(address)) continue;
    if (attempts === ADDRESS_ATTEMPTS) break;
    attempts += 1;
    if ((await options.probe(address, 0)) === "no-address") return await share(options, ONLY_LOOPBACK);
    const taken = await firstTaken(options, address);
    if (taken === undefined) return { address, ports: await choose(options, address) };
    missing = taken;
  }
  throw new OrreryError(
    "PORT_TAKEN",
    `port ${missing} of the application is taken on ${attempts} addresses that ${options.unit} could have had`,
  );
}

/** A number that another unit has there may not be listened on yet, so that a probe would not find it. */
async function share(options: PlaceNetworkOptions, address: string): Promise<NetworkView> {
  const usedPorts = new Set([...options.usedPorts, ...(options.siblingPorts?.get(address) ?? [])]);
  return { address, ports: await choose({ ...options, usedPorts, applicationPorts: {} }, address) };
}

async function firstTaken(options: PlaceNetworkOptions, address: string): Promise<string | undefined> {
  for (const [name, number] of Object.entries(options.applicationPorts)) {
    // The wildcard address is not asked: the application's other units are in its way there.
    if (options.ports[name] && (await options.probe(address, number)) !== "free")
      return `${name} (${number})`;
  }
  return undefined;
}

async function choose(options: PlaceNetworkOptions, address: string): Promise<Record<string, number>> {
  const given = new Set(options.usedPorts);
  const ports: Record<string, number> = {};
  for (const [name, number] of Object.entries(options.applicationPorts)) {
    if (!options.ports[name]) continue;
    ports[name] = number;
    given.add(number);
  }
  for (const [name, { prefer }] of Object.entries(options.ports)) {
    if (ports[name] !== undefined) continue;
    const number = await firstFree(options, { address, prefer, given });
    if (number === undefined) {
      throw new OrreryError(
        "PORT_TAKEN",
        `port ${name} of ${options.unit}: no number up to ${LAST_PORT} is free`,
      );
    }
    ports[name] = number;
    given.add(number);
  }
  return ports;
}

async function firstFree(
  { probe }: PlaceNetworkOptions,
  where: { readonly address: string; readonly prefer: number; readonly given: ReadonlySet<number> },
): Promise<number | undefined> {
  for (const number of candidates(where.prefer)) {
    if (where.given.has(number)) continue;
    if ((await probe(where.address, number)) !== "free") continue;
    if ((await probe(WILDCARD, number)) === "free") return number;
  }
  return undefined;
}

function* candidates(prefer: number): Generator<number> {
  yield prefer;
  for (let number = Math.max(prefer + 1, FIRST_PORT); number <= LAST_PORT; number += 1) yield number;
  for (let number = FIRST_PORT; number < Math.min(prefer, LAST_PORT + 1); number += 1) yield number;
}
