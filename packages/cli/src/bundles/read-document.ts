import type { ConfigValue } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import type { ErrorObject } from "ajv";
import type { Document } from "yaml";
import { bundleSchema, overlaySchema } from "./bundle-schema.ts";

/** The most that a bundle may hold, in bytes of UTF-8: 1 MiB. */
const MAX_BYTES = 1024 * 1024;

/** How many faults are told at once. */
const MAX_FAULTS = 5;

/** An application as a document has it. */
export interface DocumentApplication extends Readonly<Record<string, unknown>> {
  readonly charm?: string;
  readonly num_units?: number;
  readonly scale?: number;
  readonly options?: Readonly<Record<string, ConfigValue>>;
}

/** A bundle or an overlay as its file has it. */
export interface BundleDocument extends Readonly<Record<string, unknown>> {
  readonly description?: string;
  readonly applications?: Readonly<Record<string, DocumentApplication | null>>;
  readonly relations?: readonly (readonly [string | readonly string[], string | readonly string[]])[];
}

/**
 * Reads the text of a bundle or of an overlay: YAML 1.2, one document; aliases are read as Juju's files have them.
 *
 * @throws OrreryError `BUNDLE_INVALID` with up to five faults, each with its line.
 */
export async function readDocument(
  text: string,
  { file, kind }: { readonly file: string; readonly kind: "bundle" | "overlay" },
): Promise<BundleDocument> {
  if (Buffer.byteLength(text) > MAX_BYTES) {
    throw refused(file, [`it holds ${Buffer.byteLength(text)} bytes; allowed are ${MAX_BYTES}`]);
  }
  const { LineCounter, isNode, parseDocument } = await import("yaml");
  const { Ajv } = await import("ajv");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const lineOf = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  if (document.errors.length > 0) {
    throw refused(
      file,
      document.errors.map(
        ({ code, pos }) => `line ${lineOf(pos[0])}: ${code.toLowerCase().replaceAll("_", " ")}`,
      ),
    );
  }
  const value = toJson(document, file);
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile<BundleDocument>(
    kind === "bundle" ? bundleSchema : overlaySchema,
  );
  if (validate(value)) return value;
  const faults = (validate.errors ?? []).filter(({ keyword }) => keyword !== "anyOf");
  throw refused(
    file,
    faults.map((fault) => {
      const path = fault.instancePath.split("/").slice(1).map(unescape);
      const node = document.getIn(path, true);
      const at = isNode(node) ? node.range?.[0] : undefined;
      return `${at === undefined ? "" : `line ${lineOf(at)}: `}${told(path, fault)}`;
    }),
  );
}

function toJson(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw refused(file, [cause instanceof Error ? cause.message : String(cause)]);
  }
}

function refused(file: string, faults: readonly string[]): OrreryError {
  const told = [...new Set(faults)];
  const more = told.length > MAX_FAULTS ? `; and ${told.length - MAX_FAULTS} more` : "";
  return new OrreryError("BUNDLE_INVALID", `${file}: ${told.slice(0, MAX_FAULTS).join("; ")}${more}`, {
    origin: { file },
  });
}

/** A step of a JSON pointer. */
function unescape(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}

function told(path: readonly string[], { keyword, params, message = "is refused" }: ErrorObject): string {
  const where = path.length === 0 ? "the bundle" : path.join(".");
  if (keyword === "additionalProperties")
    return `${where} has the unknown key ${params["additionalProperty"]}`;
  if (keyword === "required") return `${where} has no ${params["missingProperty"]}`;
  if (keyword === "propertyNames") return `${where} has the name ${params["propertyName"]}, which is none`;
  return `${where} ${message}`;
}
