import { problem } from "@orrery/problems";
import type { Origin, Problem } from "@orrery/problems";
import { LineCounter, isNode, parseDocument } from "yaml";
import type { Document } from "yaml";
import { checkDeclaration } from "./check-declaration.ts";
import type { TelemetryDeclaration } from "./declaration.ts";

/** The most that a `telemetry.yaml` may hold, in bytes of UTF-8: 256 KiB. */
export const MAX_TELEMETRY_YAML_BYTES: number = 256 * 1024;

/** What {@link parseTelemetryYaml} found: a declaration, or why there is none. */
export interface ParsedTelemetry {
  readonly declaration?: TelemetryDeclaration;
  readonly problems: readonly Problem[];
}

/**
 * Reads a `telemetry.yaml`: the same declaration as `defineTelemetry` takes, for teams without TypeScript.
 *
 * YAML 1.2, one document, no aliases. Each problem (`TELEMETRY_INVALID`) has its line and column.
 *
 * @param file - How problems call the file.
 */
export function parseTelemetryYaml(text: string, file: string = "telemetry.yaml"): ParsedTelemetry {
  const bytes = text.length > MAX_TELEMETRY_YAML_BYTES ? text.length : Buffer.byteLength(text);
  if (bytes > MAX_TELEMETRY_YAML_BYTES) {
    return failed(`${file} holds ${bytes} bytes; allowed are ${MAX_TELEMETRY_YAML_BYTES}`, { file });
  }
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
    const faults = [...document.errors, ...document.warnings];
    if (faults.length > 0) {
      return {
        problems: faults.slice(0, 10).map(({ code, pos }) => {
          const message = `${file} is not the YAML that is read here: ${code.toLowerCase().replaceAll("_", " ")}`;
          return problem("TELEMETRY_INVALID", { message, origin: { file, ...position(lines, pos[0]) } });
        }),
      };
    }
    return check(document, { file, lines });
  } catch (cause) {
    // An alias, or nesting deeper than the stack: the parser throws, whatever the author wrote.
    const alias = cause instanceof ReferenceError;
    return failed(`${file} ${alias ? "holds an alias; none is allowed" : "cannot be read"}`, { file });
  }
}

function check(
  document: Document,
  about: { readonly file: string; readonly lines: LineCounter },
): ParsedTelemetry {
  const { file, lines } = about;
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  const faults = checkDeclaration(value);
  // The check has just found that it is one.
  if (faults.length === 0) return { declaration: value as TelemetryDeclaration, problems: [] };
  return {
    problems: faults.map(({ path, message }) =>
      problem("TELEMETRY_INVALID", {
        message,
        origin: { file, ...position(lines, offsetOf(document, path)) },
      }),
    ),
  };
}

function failed(message: string, origin: Origin): ParsedTelemetry {
  return { problems: [problem("TELEMETRY_INVALID", { message, origin })] };
}

/** The offset of the deepest node on a path. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return isNode(document.contents) ? (document.contents.range?.[0] ?? 0) : 0;
}

function position(lines: LineCounter, offset: number): { readonly line: number; readonly column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}
