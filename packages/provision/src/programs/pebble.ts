import type { ProgramManifest } from "../program-manifest.ts";

/** The service manager that Juju puts into every container of a pod; 1.26 is the one of Juju 3.6 and 4.0. */
export const pebble: ProgramManifest = {
  name: "pebble",
  summary: "runs services in containers, as Juju has it",
  versions: ">=1.4 <2",
  binaries: [{ name: "pebble" }],
  probe: { arguments: ["version", "--client"], says: /^v(\d\S*)/ },
  sources: [
    { kind: "given" },
    { kind: "path" },
    { kind: "cache" },
    {
      kind: "go-build",
      folder: "pebble",
      version: "1.26.0",
      packages: { pebble: "github.com/canonical/pebble/cmd/pebble" },
      tags: [],
      variables: {},
    },
  ],
};
