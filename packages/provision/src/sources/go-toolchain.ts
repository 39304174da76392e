import { chmod, copyFile, readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { OrreryError } from "@orrery/problems";
import type { GoToolchainRecipe } from "../program-manifest.ts";
import { downloadFile } from "./download-file.ts";
import type { Made, Making } from "./making.ts";
import { unpackModuleZip } from "./module-zip.ts";

/**
 * Downloads the Go toolchain as the module `golang.org/toolchain` from the proxies of GOPROXY.
 *
 * @throws {@link OrreryError} `GO_TOOLCHAIN_UNSUPPORTED`, `GO_PROXY_UNUSABLE`, `DOWNLOAD_FAILED`,
 * `DOWNLOAD_CHECKSUM_MISMATCH`, `ARCHIVE_INVALID`.
 * @see `cmd/go/internal/toolchain` of Go, `select.go`, for what a downloaded toolchain still needs.
 */
export async function downloadGoToolchain(making: Making<GoToolchainRecipe>): Promise<Made> {
  const { search, recipe, folder, report } = making;
  const { platform, env } = search.session.world;
  const checksum = recipe.checksums[platform];
  if (checksum === undefined) {
    const pinned = Object.keys(recipe.checksums).join(", ");
    throw new OrreryError(
      "GO_TOOLCHAIN_UNSUPPORTED",
      `the Go toolchain is pinned for ${pinned}, this machine is ${platform}`,
    );
  }
  const version = `v0.0.1-go${recipe.version}.${platform}`;
  const zip = join(folder, "toolchain.zip");
  await downloadFromAny(making, proxiesOf(env["GOPROXY"]), {
    path: `golang.org/toolchain/@v/${version}.zip`,
    file: zip,
  });
  report({ phase: "unpacking", message: "checking and unpacking the Go toolchain" });
  const prefix = `golang.org/toolchain@${version}/`;
  const go = join(folder, "go");
  const found = await unpackModuleZip(await readFile(zip), { prefix, into: go });
  if (found !== checksum) {
    throw new OrreryError(
      "DOWNLOAD_CHECKSUM_MISMATCH",
      `${prefix.slice(0, -1)} has checksum ${found}, ${checksum} was expected`,
    );
  }
  await rm(zip);
  await finish(go);
  return { version: recipe.version, binaries: { go: join("go", "bin", "go") } };
}

/**
 * Reads GOPROXY: addresses parted by commas or bars, among which `direct` and `off` name no proxy.
 *
 * @throws {@link OrreryError} `GO_PROXY_UNUSABLE` when no http or https address is in it.
 * @see https://go.dev/ref/mod#goproxy-protocol
 */
export function proxiesOf(setting: string | undefined): readonly string[] {
  const entries = (setting || "https://proxy.golang.org,direct").split(/[,|]/).map((entry) => entry.trim());
  const proxies = entries
    .filter((entry) => /^https?:\/\//.test(entry))
    .map((entry) => entry.replace(/\/$/, ""));
  if (proxies.length > 0) return proxies;
  throw new OrreryError("GO_PROXY_UNUSABLE", `GOPROXY is "${setting}", which names no http or https address`);
}

async function downloadFromAny(
  { search, report }: Making<GoToolchainRecipe>,
  proxies: readonly string[],
  wanted: { readonly path: string; readonly file: string },
): Promise<void> {
  const failures: Error[] = [];
  for (const proxy of proxies) {
    try {
      await downloadFile(search.session, { url: `${proxy}/${wanted.path}`, file: wanted.file, report });
      return;
    } catch (failure) {
      if (!(failure instanceof OrreryError)) throw failure;
      failures.push(failure);
    }
  }
  throw new OrreryError("DOWNLOAD_FAILED", failures.map((failure) => failure.message).join("; "));
}

/** A module zip holds neither the right to execute nor files called go.mod, so that both are made good here. */
async function finish(go: string): Promise<void> {
  for (const entry of await readdir(go, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if (entry.name === "_go.mod") await copyFile(path, join(entry.parentPath, "go.mod"));
    if (path.startsWith(join(go, "bin/")) || path.startsWith(join(go, "pkg/tool/"))) await chmod(path, 0o755);
  }
}
