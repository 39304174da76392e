import type { ProgramManifest } from "../program-manifest.ts";

/** The supervisor of workloads on one machine. It tells no version itself; a Debian package's is taken. */
export const runit: ProgramManifest = {
  name: "runit",
  summary: "keeps the workloads of one machine running",
  versions: "*",
  binaries: [{ name: "runsvdir" }, { name: "runsv" }, { name: "sv" }, { name: "chpst" }, { name: "svlogd" }],
  probe: { arguments: [], says: /usage:\s.*runsvdir/i, exitCodes: [1, 100] },
  sources: [
    { kind: "given" },
    { kind: "path" },
    { kind: "cache" },
    {
      kind: "debian",
      package: "runit",
      files: {
        runsvdir: "usr/bin/runsvdir",
        runsv: "usr/bin/runsv",
        sv: "usr/bin/sv",
        chpst: "usr/bin/chpst",
        svlogd: "usr/bin/svlogd",
      },
    },
  ],
  unavailable: "SUPERVISOR_UNAVAILABLE",
};
