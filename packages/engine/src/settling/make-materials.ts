import { createECDH, createPrivateKey } from "node:crypto";
import type { MaterialRequest, Outcome } from "@orrery/charm";
import { OrreryError, isOrreryError } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import type { Core } from "../core.ts";
import type { MaterialRecord } from "../model/records.ts";
import type { TableChange } from "../store/table.ts";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** The changes that make what a unit asks for once, a new generation where its time has come, and drop the rest. */
export function makeMaterials(
  core: Core,
  unit: string,
  requests: Outcome["materials"],
): { readonly changes: readonly TableChange[]; readonly problems: readonly Problem[] } {
  const { materials } = core.db;
  const changes: TableChange[] = [];
  const problems: Problem[] = [];
  for (const [id, request] of Object.entries(requests)) {
    try {
      const made = generation(core, request, materials.get(`${unit} ${id}`));
      changes.push(materials.put(`${unit} ${id}`, { unit, id, request, ...made }));
    } catch (cause) {
      if (!isOrreryError(cause)) throw cause;
      problems.push({ ...cause.toProblem(), origin: { unit, item: id } });
    }
  }
  for (const { id } of materials.grouped("unit", unit, (material) => [material.unit])) {
    if (!Object.hasOwn(requests, id)) changes.push(materials.drop(`${unit} ${id}`));
  }
  return { changes, problems };
}

type Generation = Pick<MaterialRecord, "current" | "previous" | "rotated">;

function generation(core: Core, request: MaterialRequest, before: MaterialRecord | undefined): Generation {
  if (!before || !sameKind(before.request, request)) return { current: make(core, request) };
  const { current, previous, rotated } = before;
  const at = request.rotateAt;
  const passed = at !== undefined && Date.parse(at) <= core.around.clock();
  if (at !== undefined && passed && rotated !== at)
    return { current: make(core, request), previous: current, rotated: at };
  // Another moment wanted means that the charm is done with the one before.
  return {
    current,
    ...(previous === undefined || rotated !== at ? {} : { previous }),
    ...(rotated === undefined ? {} : { rotated }),
  };
}

function sameKind(a: MaterialRequest, b: MaterialRequest): boolean {
  return JSON.stringify({ ...a, rotateAt: "" }) === JSON.stringify({ ...b, rotateAt: "" });
}

function make(core: Core, request: MaterialRequest): string {
  if (request.kind === "password") return passwordOf(core, request.length);
  if (core.around.privateKey) return core.around.privateKey(request.algorithm);
  if (request.algorithm === "ecdsa-p256") return ecdsaKey(core);
  throw new OrreryError(
    "MATERIAL_UNAVAILABLE",
    `private key of kind ${request.algorithm} is not made here; allowed is ecdsa-p256`,
  );
}

function passwordOf(core: Core, length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of core.around.random(length)) {
      // 248 is four times 62: bytes past it would make the first letters likelier.
      if (byte < 248 && text.length < length) text += LETTERS[byte % LETTERS.length] ?? "";
    }
  }
  return text;
}

/** A P-256 key whose secret is 32 random bytes, so that equal randomness gives equal keys. */
function ecdsaKey(core: Core): string {
  const ecdh = createECDH("prime256v1");
  const secret = Buffer.from(core.around.random(32));
  // The curve's order is a little below 2^256: without its first bit every number but nought fits.
  secret[0] = (secret[0] ?? 0) & 0x7f;
  secret[31] = (secret[31] ?? 0) | 1;
  ecdh.setPrivateKey(secret);
  const point = ecdh.getPublicKey();
  const [x, y] = [point.subarray(1, 33), point.subarray(33, 65)].map((part) => part.toString("base64url"));
  const key = { kty: "EC", crv: "P-256", d: secret.toString("base64url"), x: x ?? "", y: y ?? "" };
  return createPrivateKey({ key, format: "jwk" }).export({ type: "pkcs8", format: "pem" }).toString();
}
