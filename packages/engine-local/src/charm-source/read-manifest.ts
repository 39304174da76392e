import type { Manifest } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import type { Problem } from "@orrery/problems";

type Fits = (value: unknown) => boolean;

const NAME = /^[a-z0-9]([a-z0-9_-]*[a-z0-9])?$/;
const isText: Fits = (value) => typeof value === "string";
const isPort: Fits = (value) => isRecord(value) && Number.isInteger(value["prefer"]);
const isContainer: Fits = (value) =>
  isRecord(value) && isText(value["program"]) && (value["tools"] === undefined || isTexts(value["tools"]));
const isEndpoint: Fits = (value) =>
  isRecord(value) &&
  ["provides", "requires", "peers"].includes(String(value["role"])) &&
  isText(value["interface"]) &&
  (value["limit"] === undefined || Number.isInteger(value["limit"]));
const isOption: Fits = (value) =>
  isRecord(value) &&
  ["string", "int", "float", "boolean", "secret"].includes(String(value["type"])) &&
  (value["type"] !== "secret" || value["default"] === undefined) &&
  (value["oneOf"] === undefined || isTexts(value["oneOf"])) &&
  (value["pattern"] === undefined || isPattern(value["pattern"]));
const isAction: Fits = (value) => isRecord(value) && isText(value["description"]);

/** What each part of a manifest must be, by name. */
const PARTS: Readonly<Record<string, Fits>> = {
  name: (value) => isText(value) && NAME.test(String(value)),
  summary: isText,
  endpoints: (value) => isNamed(value, isEndpoint),
  config: (value) => isNamed(value, isOption),
  ports: (value) => isNamed(value, isPort),
  containers: (value) => isNamed(value, isContainer),
  actions: (value) => isNamed(value, isAction),
  assets: isTexts,
};

/**
 * Takes what a charm's process answered for a manifest and the charm's own problems.
 *
 * @throws OrreryError `CHARM_INVALID` naming the first part that does not fit.
 */
export function readManifest(value: unknown): {
  readonly manifest: Manifest;
  readonly problems: readonly Problem[];
} {
  const manifest = isRecord(value) ? value["manifest"] : undefined;
  if (!isRecord(manifest)) throw new OrreryError("CHARM_INVALID", "charm gave no manifest");
  expectManifest(manifest);
  const problems = isRecord(value) && Array.isArray(value["problems"]) ? value["problems"] : [];
  return { manifest, problems: problems.filter(isProblem) };
}

function expectManifest(
  value: Readonly<Record<string, unknown>>,
): asserts value is Readonly<Record<string, unknown>> & Manifest {
  for (const [part, fits] of Object.entries(PARTS)) {
    if (!fits(value[part]))
      throw new OrreryError("CHARM_INVALID", `charm's manifest has ${part} of a form that is not known`);
  }
}

function isProblem(value: unknown): value is Problem {
  return (
    isRecord(value) &&
    ["code", "severity", "message", "remedy"].every((name) => isText(value[name])) &&
    isRecord(value["origin"])
  );
}

function isNamed(value: unknown, fits: Fits): boolean {
  return isRecord(value) && Object.entries(value).every(([name, one]) => NAME.test(name) && fits(one));
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isPattern(value: unknown): boolean {
  try {
    return new RegExp(String(value)) instanceof RegExp;
  } catch {
    return false;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
