import { relative } from "node:path";
import type { PackedCharm } from "@orrery/juju-host";
import { formatBytes } from "../output/bytes.ts";
import { table } from "../output/table.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Says what was packed, by its parts, and how Juju is given it. */
export function renderPacked(
  packed: PackedCharm,
  { folder, paint }: Pick<Terminal, "folder" | "paint">,
): string {
  const sizes = new Map<string, number>();
  for (const { path, bytes } of packed.files) {
    const part = path.includes("/") ? `${path.slice(0, path.indexOf("/"))}/` : path;
    sizes.set(part, (sizes.get(part) ?? 0) + bytes);
  }
  const parts = [...sizes].toSorted(([, a], [, b]) => b - a);
  const path = relative(folder, packed.path);
  const shown = path.startsWith("..") ? packed.path : `./${path}`;
  const on = packed.substrate === "kubernetes" ? "Kubernetes" : "machines";
  return [
    table(
      [{ title: "Part" }, { title: "Size", align: "right" }],
      parts.map(([part, bytes]) => [part, formatBytes(bytes)]),
      paint,
    ),
    `${paint("bold", shown)}: ${formatBytes(packed.bytes)}, for ${on}; deploy it with \`juju deploy ${shown}\`\n`,
  ].join("\n");
}
