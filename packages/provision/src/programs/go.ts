import type { ProgramManifest } from "../program-manifest.ts";

/**
 * The Go toolchain, which builds other programs.
 *
 * The version range here is the widest; a build asks for what its go.mod demands. The checksums are those of the
 * module `golang.org/toolchain` in the public checksum database (sum.golang.org).
 */
export const go: ProgramManifest = {
  name: "go",
  summary: "builds programs from their source",
  versions: ">=1.21",
  binaries: [{ name: "go" }],
  probe: { arguments: ["version"], says: /go version go(\d+(?:\.\d+)*\S*)/ },
  sources: [
    { kind: "given" },
    { kind: "path" },
    { kind: "cache" },
    {
      kind: "go-toolchain",
      version: "1.26.8",
      checksums: {
        "linux-amd64": "h1:ZOmGe1OnfREDMIdb1Qi4G9JSuDPBLGExZMQ4nis1RXM=",
        "linux-arm64": "h1:sYL/O6MqS68ML0kjsQ36WoYIpJqkw60TxizWUYUKQMc=",
      },
    },
  ],
};
