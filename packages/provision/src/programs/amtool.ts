import type { ProgramManifest } from "../program-manifest.ts";
import { alertmanagerBuild } from "./alertmanager.ts";

/** The checker and command-line client of Alertmanager. */
export const amtool: ProgramManifest = {
  name: "amtool",
  summary: "checks Alertmanager configuration files",
  versions: ">=0.25 <1",
  binaries: [{ name: "amtool" }],
  probe: { arguments: ["--version"], says: /amtool, version (\S+)/ },
  sources: [
    { kind: "given" },
    { kind: "path" },
    { kind: "cache" },
    alertmanagerBuild({ amtool: "github.com/prometheus/alertmanager/cmd/amtool" }),
    { kind: "debian", package: "prometheus-alertmanager", files: { amtool: "usr/bin/amtool" } },
  ],
};
