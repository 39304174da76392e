import { OrreryError } from "@orrery/problems";
import { isRecord } from "../../tools/read-answer.ts";
import type { DiskFile } from "../files/container-disk.ts";
import type { PebbleTransport } from "./pebble-transport.ts";

/** Reads files as text by path; those that are not there are left out. @throws OrreryError `PEBBLE_UNREACHABLE`, `PEBBLE_FAILED`. */
export async function readPebbleFiles(
  pebble: PebbleTransport,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (paths.length === 0) return new Map();
  const query = new URLSearchParams([
    ["action", "read"],
    ...paths.map((path): [string, string] => ["path", path]),
  ]);
  const { contentType, body } = await pebble.send({
    method: "GET",
    path: `/v1/files?${query.toString()}`,
    accept: "multipart/form-data",
  });
  const form = await readForm(contentType, body);
  const files = new Map<string, string>();
  for (const [name, value] of form) {
    if (name === "files" && typeof value !== "string") files.set(value.name, await value.text());
  }
  const response = form.get("response");
  const told = typeof response === "string" ? response : await response?.text();
  expectFine(told ?? "", ["not-found"]);
  return files;
}

/** Writes files, each at once or not at all, with the folders above them. @throws OrreryError `PEBBLE_UNREACHABLE`, `PEBBLE_FAILED`. */
export async function writePebbleFiles(pebble: PebbleTransport, files: readonly DiskFile[]): Promise<void> {
  if (files.length === 0) return;
  const form = new FormData();
  const request = {
    action: "write",
    files: files.map(({ path, mode }) => ({
      path,
      "make-dirs": true,
      permissions: mode.toString(8).padStart(3, "0"),
    })),
  };
  form.append("request", new Blob([JSON.stringify(request)], { type: "application/json" }));
  for (const { path, content } of files) form.append("files", new Blob([content]), path);
  const encoded = new Response(form);
  const bytes = new Uint8Array(await encoded.arrayBuffer());
  const contentType = encoded.headers.get("content-type") ?? "";
  const { body } = await pebble.send({ method: "POST", path: "/v1/files", body: { bytes, contentType } });
  expectFine(body.toString("utf8"), []);
}

/** Removes files and folders with all that is in them; what is not there is gone already. */
export async function removePebbleFiles(pebble: PebbleTransport, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  const json = { action: "remove", paths: paths.map((path) => ({ path, recursive: true })) };
  const { body } = await pebble.send({ method: "POST", path: "/v1/files", json });
  expectFine(body.toString("utf8"), []);
}

/** Makes folders with those above them. */
export async function makePebbleFolders(pebble: PebbleTransport, paths: readonly string[]): Promise<void> {
  const json = { action: "make-dirs", dirs: paths.map((path) => ({ path, "make-parents": true })) };
  const { body } = await pebble.send({ method: "POST", path: "/v1/files", json });
  expectFine(body.toString("utf8"), []);
}

async function readForm(contentType: string, body: Buffer): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(body), { headers: { "content-type": contentType } }).formData();
  } catch (cause) {
    throw new OrreryError("PEBBLE_FAILED", "Pebble answered a reading of files with no form", { cause });
  }
}

/** Files fail one by one inside an answer whose status says that all is well. @see juju-protocol, Pebble: files. */
function expectFine(text: string, unless: readonly string[]): void {
  const envelope: unknown = JSON.parse(text);
  const result = isRecord(envelope) ? envelope["result"] : undefined;
  if (isRecord(result)) throw failed("", result);
  for (const one of Array.isArray(result) ? result : []) {
    const error: unknown = isRecord(one) ? one["error"] : undefined;
    if (isRecord(error) && !unless.includes(String(error["kind"]))) throw failed(String(one.path), error);
  }
}

function failed(path: string, error: Readonly<Record<string, unknown>>): OrreryError {
  return new OrreryError("PEBBLE_FAILED", `Pebble answers for file ${path}: ${String(error["message"])}`);
}
