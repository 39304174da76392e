const UNITS = ["KiB", "MiB", "GiB"] as const;

/** Writes a number of bytes in the largest unit of 1024 that leaves at least 1: `49.9 MiB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = "B";
  for (const next of UNITS) {
    if (value < 1024) break;
    value /= 1024;
    unit = next;
  }
  return unit === "B" ? `${bytes} B` : `${value.toFixed(1)} ${unit}`;
}
