/** Codes of provisioning: why a program that a charm runs was not found, built, unpacked or downloaded. */
export const provisionCodes = {
  PROGRAM_UNAVAILABLE: {
    title: "a program cannot be had",
    meaning:
      "Every source that the program's manifest names was tried and none gave one that fits and starts. What needs it is not started; other programs are not affected.",
    remedy: "mend one of the listed sources, or give the program's path in ORRERY_PROGRAM_NAME",
  },
  PROGRAM_NOT_ON_PATH: {
    title: "the program is not on the PATH",
    meaning: "No folder of the PATH holds an executable file of that name. The next source is tried.",
    remedy: "install the program, or give its path in ORRERY_PROGRAM_NAME",
  },
  PROGRAM_GIVEN_PATH_INVALID: {
    title: "the path given for a program holds no such program",
    meaning:
      "A path was given by configuration or environment, but no executable file of the program stands there. The next source is tried, and the program's notes say so.",
    remedy: "correct the path, or take it away",
  },
  PROGRAM_VERSION_OUT_OF_RANGE: {
    title: "the program's version is not one that is supported",
    meaning:
      "The program was found and runs, but the charms are not written for its version. The next source is tried.",
    remedy: "install a version within the range, or let another source provide it",
  },
  PROGRAM_DOES_NOT_START: {
    title: "the program was found but does not start",
    meaning:
      "The program was run as a check; it ended with an error, said nothing of its version, or was not ready in time. The next source is tried.",
    remedy: "see what the message quotes of the program, mend that, or install another version",
  },
  PROGRAM_SOURCE_FAILED: {
    title: "a source of a program failed in an unforeseen way",
    meaning:
      "The operating system refused something that the source needed, such as room on the disk. The next source is tried.",
    remedy: "see the message; check that the cache folder can be written and has room",
  },
  PROGRAM_RELEASE_INVALID: {
    title: "the release given for a program is not of the allowed form",
    meaning:
      "ORRERY_RELEASE_NAME holds something other than an http or https address of a .tar.gz with its checksum. It is left out, and the program's notes say so.",
    remedy: "write it as URL#sha256=DIGEST, the digest in 64 hexadecimal digits",
  },
  SUPERVISOR_UNAVAILABLE: {
    title: "no supported process supervisor can be had",
    meaning:
      "Workloads on one machine are kept running by runit. It is neither on the PATH nor can its Debian package be unpacked.",
    remedy:
      "use Debian or Ubuntu (apt-get and dpkg-deb, no root needed), or install runit so that runsvdir, runsv, sv and chpst are on the PATH",
  },
  DEBIAN_TOOLS_MISSING: {
    title: "the machine has no apt-get or dpkg-deb",
    meaning: "Debian packages can be had only where Debian's own tools are. The next source is tried.",
    remedy: "use a Debian or Ubuntu machine, or install the program by other means and put it on the PATH",
  },
  DEBIAN_LISTS_UNAVAILABLE: {
    title: "package lists could not be fetched",
    meaning:
      "The machine's own package lists did not do, and a private copy could not be fetched either. The next source is tried.",
    remedy: "check the network and /etc/apt/sources.list, or run `apt-get update` as root",
  },
  DEBIAN_PACKAGE_UNAVAILABLE: {
    title: "the Debian package could not be fetched",
    meaning:
      "Neither the machine's package lists nor freshly fetched ones lead to the package. The next source is tried.",
    remedy:
      "check with `apt-cache policy PACKAGE` that the package is in a component that /etc/apt/sources.list names",
  },
  DEBIAN_UNPACK_FAILED: {
    title: "the Debian package could not be unpacked",
    meaning:
      "The package was fetched, but dpkg-deb refused it or the expected program is not in it. The next source is tried.",
    remedy: "check that the cache folder has room, and that the package still carries the program",
  },
  GO_UNAVAILABLE: {
    title: "there is no Go to build with",
    meaning:
      "No Go of a sufficient version was found, and none could be had from the Go module proxy. The next source is tried.",
    remedy: "install Go of at least the version named, or give its path in ORRERY_PROGRAM_GO",
  },
  GO_TOOLCHAIN_UNSUPPORTED: {
    title: "no Go toolchain is pinned for this kind of machine",
    meaning: "The checksums of the Go toolchain are pinned for Linux on amd64 and arm64 only.",
    remedy: "install Go and put it on the PATH",
  },
  GO_PROXY_UNUSABLE: {
    title: "GOPROXY names no proxy to download from",
    meaning:
      "The Go toolchain comes from a Go module proxy over http or https; GOPROXY holds only `direct`, `off` or other kinds.",
    remedy: "set GOPROXY to a proxy's address, or install Go and put it on the PATH",
  },
  GO_BUILD_FAILED: {
    title: "the program could not be built with Go",
    meaning:
      "`go build` from the pinned go.mod and go.sum ended with an error. Nothing was put in the cache; the next source is tried.",
    remedy:
      "check that the module proxy in GOPROXY can be reached and that the disk has room; the message holds Go's last lines",
  },
  DOWNLOAD_FAILED: {
    title: "a download did not arrive",
    meaning:
      "The server could not be reached, answered with an error, or ended before the whole file was sent. Nothing was put in the cache; the next source is tried.",
    remedy: "check the address and the network, and try again",
  },
  DOWNLOAD_CHECKSUM_MISMATCH: {
    title: "a download is not the file that was pinned",
    meaning:
      "The file arrived, but its checksum differs from the pinned one. It was thrown away; the next source is tried.",
    remedy:
      "try again; if it stays, do not trust the server, and check the pinned checksum against the publisher's",
  },
  ARCHIVE_INVALID: {
    title: "a downloaded archive cannot be unpacked",
    meaning:
      "The archive is damaged, holds paths that lead out of it, or lacks the expected program. Nothing was put in the cache; the next source is tried.",
    remedy: "check that the address and the pinned checksum belong to this program and this kind of machine",
  },
  PROGRAM_CACHE_UNUSABLE: {
    title: "the program cache cannot be used",
    meaning:
      "The cache folder cannot be made, locked or written, so nothing can be built, unpacked or downloaded into it. Programs that are already in it are still found.",
    remedy: "make the folder writable, or name another in ORRERY_CACHE",
  },
} as const;
