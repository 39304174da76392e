import type { ProgramManifest } from "../program-manifest.ts";

/** Node.js, for charms whose workload is JavaScript: the one that runs this process, unless a path is given. */
export const node: ProgramManifest = {
  name: "node",
  summary: "runs workloads written in JavaScript",
  versions: ">=20",
  binaries: [{ name: "node" }],
  probe: { arguments: ["--version"], says: /^v(\d\S*)/ },
  sources: [{ kind: "given" }, { kind: "running" }],
};
