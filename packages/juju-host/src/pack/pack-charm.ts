import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Manifest } from "@orrery/charm";
import { formatProblem, OrreryError } from "@orrery/problems";
import { programCatalog } from "@orrery/provision";
import type { PackedSettings, Substrate } from "../hook/packed-settings.ts";
import type { ProgramProbes } from "../workload/program-probe.ts";
import { writeArchive } from "./archive.ts";
import type { ArchiveFile } from "./archive.ts";
import { bundleCharm } from "./bundle-charm.ts";
import { renderDispatch } from "./dispatch.ts";
import { findNode } from "./find-node.ts";
import { licences } from "./licences.ts";
import { loadCharmToPack } from "./load-charm.ts";
import { UNITS_ENDPOINT, renderMetadata } from "./render-metadata.ts";
import type { Architecture } from "./render-metadata.ts";
import { readWorkload } from "./workload-files.ts";

/** How a charm is packed. */
export interface PackOptions {
  /** The charm's folder. */
  readonly charm: string;
  /** Folder that the .charm file goes to; made when absent. */
  readonly into: string;
  /** Kubernetes when absent and every container names an image, else machines. */
  readonly substrate?: Substrate;
  /** Whose Node.js goes in; `none` leaves it out, for machines that have one. */
  readonly node: { readonly architecture: Architecture; readonly file?: string } | "none";
}

/** A file that was packed. */
export interface PackedFile {
  /** In the archive. */
  readonly path: string;
  readonly bytes: number;
}

/** A packed charm. */
export interface PackedCharm {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  readonly name: string;
  readonly substrate: Substrate;
  /** In order of path. */
  readonly files: readonly PackedFile[];
}

/** Files of a charm's folder that go in as they are. */
const AS_THEY_ARE = ["README.md", "LICENSE", "icon.svg"];

/**
 * Packs a charm for Juju: one archive with all that it needs. The same charm gives the same bytes, whenever and wherever it is packed.
 *
 * @throws OrreryError `CHARM_NOT_FOUND`, `CHARM_INVALID`, `PACK_INVALID`, `PACK_NODE_UNAVAILABLE`; nothing was written then.
 */
export async function packCharm(options: PackOptions): Promise<PackedCharm> {
  const { folder, module, assets, loaded } = await loadCharmToPack(options.charm);
  const { manifest, problems } = loaded;
  const fault = problems.find(({ severity }) => severity === "error");
  if (fault) throw new OrreryError("PACK_INVALID", `charm has a fault: ${formatProblem(fault)}`);
  if (Object.hasOwn(manifest.endpoints, UNITS_ENDPOINT)) {
    throw new OrreryError(
      "PACK_INVALID",
      `endpoint ${UNITS_ENDPOINT} is one that every packed charm has by itself`,
    );
  }
  const substrate = options.substrate ?? usualSubstrate(manifest);
  const workload = await readWorkload(folder);
  const settings: PackedSettings = {
    assets,
    substrate,
    probes: probesFor(manifest),
    ...(workload ? { workload: workload.digest } : {}),
  };
  const bundle = await bundleCharm(module, settings);
  const files = new Map<string, ArchiveFile>([["charm.mjs", { content: bundle.code }]]);
  const architecture = options.node === "none" ? {} : { architecture: options.node.architecture };
  for (const [name, content] of Object.entries(renderMetadata(manifest, { substrate, ...architecture }))) {
    files.set(name, { content });
  }
  for (const name of AS_THEY_ARE) {
    const path = join(folder, name);
    if (existsSync(path)) files.set(name, { content: readFileSync(path) });
  }
  for (const [path, file] of workload?.files ?? []) files.set(`workload/${path}`, file);
  files.set("licences.txt", { content: licences([...bundle.modules, ...(workload?.packages ?? [])]) });
  files.set("version", { content: `${versionOf(folder)}\n` });
  files.set("dispatch", {
    content: renderDispatch(options.node === "none" ? "of the machine" : "packed"),
    executable: true,
  });
  if (options.node !== "none") {
    const { path, licence } = findNode(options.node.architecture, options.node.file);
    files.set("bin/node", { content: readFileSync(path), executable: true });
    if (licence !== undefined) files.set("bin/node.licence.txt", { content: licence });
  }
  const suffix = options.node === "none" ? "" : `_${options.node.architecture}`;
  const path = resolve(options.into, `${manifest.name}${suffix}.charm`);
  const archive = writeArchive(files);
  writeWhole(path, archive);
  return {
    path,
    bytes: archive.byteLength,
    name: manifest.name,
    substrate,
    files: [...files]
      .map(([name, { content }]) => ({ path: name, bytes: Buffer.byteLength(content) }))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

function usualSubstrate({ containers }: Manifest): Substrate {
  const all = Object.values(containers);
  return all.length > 0 && all.every(({ image }) => image !== undefined) ? "kubernetes" : "machine";
}

/** How the charm's programs tell their versions, as far as it is known; Node.js is asked nothing. */
function probesFor({ containers }: Manifest): ProgramProbes {
  const names = Object.values(containers).flatMap(({ program, tools = [] }) => [program, ...tools]);
  const probes = [...new Set(names)].toSorted().flatMap((name) => {
    const probe = name === "node" ? undefined : programCatalog.find((one) => one.name === name)?.probe;
    return probe ? [[name, { arguments: probe.arguments, says: probe.says.source }] as const] : [];
  });
  return Object.fromEntries(probes);
}

function versionOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly version?: string;
  };
  return manifest.version ?? "0";
}

/** All of it or nothing: a reader never finds half a charm. */
function writeWhole(path: string, content: Uint8Array): void {
  mkdirSync(resolve(path, ".."), { recursive: true });
  const next = join(resolve(path, ".."), `.${basename(path)}.next`);
  writeFileSync(next, content);
  renameSync(next, path);
}
