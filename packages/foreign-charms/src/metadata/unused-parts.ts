import type { Problem } from "@orrery/problems";
import { OrreryError, problem } from "@orrery/problems";
import { isRecord } from "./parse-juju-yaml.ts";

/** What is said of parts that are declared and left out. */
const UNUSED: Readonly<Record<string, string>> = {
  resources: "resources are not fetched: resource-get fails",
  devices: "devices are not given",
  payloads: "payloads are not kept",
};

/**
 * Says what a charm declares that this host leaves out.
 *
 * @throws OrreryError `CHARM_UNSUPPORTED` for what the charm cannot run without: containers beside it, a principal, block devices.
 */
export function unusedParts(metadata: Readonly<Record<string, unknown>>): readonly Problem[] {
  if (metadata["subordinate"] === true) {
    throw unsupported(
      "charm is a subordinate, which lives in the machine of another one",
      "deploy charms that are none",
    );
  }
  const containers = namesIn(metadata["containers"]);
  if (containers.length > 0) {
    throw unsupported(
      `charm runs its workload in containers beside it (${containers.join(", ")}), through Pebble`,
      "machine charms are supported: those without `containers` in their metadata",
    );
  }
  return Object.entries(UNUSED).flatMap(([part, what]) => {
    const names = namesIn(metadata[part]);
    if (names.length === 0) return [];
    const message = `${what} (${names.join(", ")})`;
    return [problem("CHARM_PART_IGNORED", { message, severity: "warning", origin: { item: part } })];
  });
}

/**
 * Reads `storage`: how many file systems of each name a unit gets, which is the least that the charm allows.
 *
 * @throws OrreryError `CHARM_UNSUPPORTED` for block devices, `CHARM_INVALID`.
 */
export function readStorage(value: unknown): Readonly<Record<string, number>> {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) throw new OrreryError("CHARM_INVALID", "storage is no map");
  return Object.fromEntries(
    Object.entries(value).map(([name, spec]) => {
      const { type, multiple } = isRecord(spec) ? spec : {};
      if (type === "block") {
        throw unsupported(
          `storage ${name} is a block device`,
          "storage of type filesystem is supported: a folder of the unit's",
        );
      }
      if (type !== "filesystem") {
        throw new OrreryError(
          "CHARM_INVALID",
          `storage ${name} has type ${JSON.stringify(type)}; allowed are filesystem, block`,
        );
      }
      const range = isRecord(multiple) ? /^(\d+)/.exec(String(multiple["range"])) : undefined;
      return [name, Math.min(16, Number(range?.[1] ?? 1))];
    }),
  );
}

function namesIn(value: unknown): readonly string[] {
  return isRecord(value) ? Object.keys(value) : [];
}

function unsupported(message: string, remedy: string): OrreryError {
  return new OrreryError("CHARM_UNSUPPORTED", message, { remedy });
}
