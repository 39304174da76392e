/** What runsv last wrote about a service. */
export interface SuperviseStatus {
  /** Milliseconds since the epoch of the last change of state. */
  readonly sinceMs: number;
  /** Process, 0 when none runs. */
  readonly pid: number;
  readonly wants: "up" | "down";
  readonly state: "down" | "run" | "finish";
}

/** TAI64 label of the Unix epoch, as runit reckons it: 2^62 + 10. */
const TAI_EPOCH = 4_611_686_018_427_387_914n;
const LENGTH = 20;

/** Reads `supervise/status`; nothing while it is half written. @see runit, runsv.c: update_status. */
export function parseSuperviseStatus(bytes: Buffer): SuperviseStatus | undefined {
  if (bytes.byteLength !== LENGTH) return undefined;
  const state = (["down", "run", "finish"] as const)[bytes.readUInt8(19)];
  if (state === undefined) return undefined;
  return {
    sinceMs: Number(bytes.readBigUInt64BE(0) - TAI_EPOCH) * 1000 + bytes.readUInt32BE(8) / 1e6,
    pid: bytes.readUInt32LE(12),
    wants: bytes.readUInt8(17) === "u".charCodeAt(0) ? "up" : "down",
    state,
  };
}
