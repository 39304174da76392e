import { isIPv4 } from "node:net";
import { OrreryError } from "@orrery/problems";
import { parseTargetAddress } from "@orrery/telemetry";
import { readIfThere, writeAtomically } from "../disk/write-atomically.ts";
import { LOOPBACK } from "./loopback.ts";
import type { ProbePort } from "./probe-port.ts";

/**
 * Says on which address of the machine all units listen: the one that is asked for, else the one that was kept in a file; nothing
 * where each has a loopback address of its own.
 *
 * @throws OrreryError `LISTEN_ADDRESS_UNUSABLE`, `HOME_UNUSABLE` where the file is none of ours.
 */
export async function chooseListen(
  kept: string,
  asked: string | undefined,
  probe: ProbePort,
): Promise<string | undefined> {
  const wanted = asked ?? readKept(kept);
  if (wanted === undefined || wanted === LOOPBACK) return undefined;
  const address = isIPv4(wanted) ? parseTargetAddress(wanted) : { refused: "is no IPv4 address" };
  if ("refused" in address) throw unusable(wanted, address.refused);
  await expectOwnAddress(wanted, probe);
  return wanted;
}

/** Keeps the address for the next start; nothing stands for what is usual. */
export function keepListen(kept: string, listen: string | undefined): void {
  if (readKept(kept) !== listen) writeAtomically(kept, `${JSON.stringify({ listen })}\n`, 0o600);
}

/** @throws OrreryError `LISTEN_ADDRESS_UNUSABLE` where the machine has no such address. */
export async function expectOwnAddress(address: string, probe: ProbePort): Promise<void> {
  if ((await probe(address, 0)) === "no-address") throw unusable(address, "is none of this machine's");
}

function unusable(address: string, why: string): OrreryError {
  return new OrreryError("LISTEN_ADDRESS_UNUSABLE", `address ${JSON.stringify(address)} ${why}`);
}

function readKept(path: string): string | undefined {
  const text = readIfThere(path);
  try {
    const found: unknown = JSON.parse(text ?? "{}");
    if (typeof found === "object" && found !== null && "listen" in found) return String(found.listen);
  } catch (cause) {
    throw new OrreryError("HOME_UNUSABLE", `${path} does not hold JSON`, { cause });
  }
  return undefined;
}
