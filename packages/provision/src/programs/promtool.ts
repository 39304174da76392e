import type { ProgramManifest } from "../program-manifest.ts";
import { prometheusBuild } from "./prometheus.ts";

/** The checker of Prometheus's configuration and rule files. */
export const promtool: ProgramManifest = {
  name: "promtool",
  summary: "checks Prometheus configuration and rule files",
  versions: ">=2.42 <4",
  binaries: [{ name: "promtool" }],
  probe: { arguments: ["--version"], says: /promtool, version (\S+)/ },
  sources: [
    { kind: "given" },
    { kind: "path" },
    { kind: "cache" },
    prometheusBuild({ promtool: "github.com/prometheus/prometheus/cmd/promtool" }),
    { kind: "debian", package: "prometheus", files: { promtool: "usr/bin/promtool" } },
  ],
};
