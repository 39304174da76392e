import type { ConfigOption, Manifest } from "@orrery/charm";
import { Document, Scalar } from "yaml";
import type { Substrate } from "../hook/packed-settings.ts";
import { STATE } from "../hook/state-folder.ts";

/** Architectures as Juju names them. */
export type Architecture = "amd64" | "arm64";

/** What metadata says beside the charm's own manifest. */
export interface MetadataOptions {
  readonly substrate: Substrate;
  /** Absent for a charm without a program of its own, which runs on all. */
  readonly architecture?: Architecture;
}

/**
 * The peer endpoint that every packed charm has: Juju tells units of each other in a relation alone, and what an application says of
 * itself may depend on its units.
 */
export const UNITS_ENDPOINT = "orrery-units";

/** Ubuntu releases whose C library the packed Node.js runs on. */
const CHANNELS = ["22.04", "24.04"];
const ARCHITECTURES: readonly Architecture[] = ["amd64", "arm64"];

/** The least Juju that has all that the host uses, and that which has options of type secret. @see juju-protocol, Capabilities. */
const LEAST = "3.1";
const SECRET_OPTIONS = "3.4";

/** Writes the files that Juju reads of a charm, by name. @see juju-protocol, Charm metadata and package. */
export function renderMetadata(
  manifest: Manifest,
  options: MetadataOptions,
): Readonly<Record<string, string>> {
  const { config, actions } = manifest;
  return {
    "metadata.yaml": render(metadata(manifest, options)),
    "manifest.yaml": render({
      bases: CHANNELS.map((channel) => ({
        name: "ubuntu",
        channel,
        architectures: options.architecture === undefined ? ARCHITECTURES : [options.architecture],
      })),
    }),
    ...(Object.keys(config).length === 0
      ? {}
      : { "config.yaml": render({ options: mapValues(config, renderOption) }) }),
    ...(Object.keys(actions).length === 0
      ? {}
      : {
          "actions.yaml": render(
            mapValues(actions, ({ description, params, required }) => ({
              description,
              ...(params === undefined ? {} : { params }),
              ...(required === undefined ? {} : { required }),
              additionalProperties: false,
            })),
          ),
        }),
  };
}

function metadata(manifest: Manifest, { substrate }: MetadataOptions): object {
  const { name, summary, config, endpoints, containers } = manifest;
  const juju = Object.values(config).some(({ type }) => type === "secret") ? SECRET_OPTIONS : LEAST;
  const told = summary === "" ? name : summary;
  const kubernetes = substrate === "kubernetes";
  const role = (wanted: string): object =>
    mapValues(
      Object.fromEntries(Object.entries(endpoints).filter(([, end]) => end.role === wanted)),
      ({ role: _role, ...end }) => end,
    );
  return withoutEmpty({
    name,
    summary: told,
    description: told,
    assumes: [`juju >= ${juju}`, ...(kubernetes ? ["k8s-api"] : [])],
    provides: role("provides"),
    requires: role("requires"),
    peers: {
      ...role("peers"),
      [UNITS_ENDPOINT]: { interface: "orrery_units", description: "Tells units of each other." },
    },
    ...(kubernetes ? pod(containers) : { resources: attachable(containers) }),
  });
}

/** Each container is of an image that the operator may choose, and has a volume that outlives it. */
function pod(containers: Manifest["containers"]): object {
  const named = Object.entries(containers);
  return {
    containers: Object.fromEntries(
      named.map(([name]) => [
        name,
        {
          resource: `${name}-image`,
          mounts: [{ storage: `${name}-data`, location: `${STATE}/${name}/storage` }],
        },
      ]),
    ),
    storage: Object.fromEntries(
      named.map(([name]) => [`${name}-data`, { type: "filesystem", "minimum-size": "1G" }]),
    ),
    resources: Object.fromEntries(
      named.map(([name, { image, program }]) => [
        `${name}-image`,
        {
          type: "oci-image",
          description: `An image with ${program} on its PATH.`,
          ...(image === undefined ? {} : { "upstream-source": image }),
        },
      ]),
    ),
  };
}

/** Programs that a machine may lack can be attached. Node.js is in the charm. */
function attachable(containers: Manifest["containers"]): object {
  const programs = Object.values(containers).flatMap(({ program, tools = [] }) => [program, ...tools]);
  return Object.fromEntries(
    [...new Set(programs)]
      .filter((program) => program !== "node")
      .map((program) => [
        program,
        {
          type: "file",
          filename: program,
          description: `The program ${program}, for machines that have none on their PATH.`,
        },
      ]),
  );
}

function renderOption(option: ConfigOption): object {
  const { type, description } = option;
  const told = [description, limitsOf(option)].filter(Boolean).join(" ");
  return {
    type,
    ...(option.default === undefined ? {} : { default: renderDefault(option) }),
    ...(told === "" ? {} : { description: told }),
  };
}

/** Juju takes a whole number for no float. */
function renderDefault(option: ConfigOption): unknown {
  if (option.type !== "float" || !Number.isInteger(option.default)) return option.default;
  const scalar = new Scalar(option.default);
  scalar.minFractionDigits = 1;
  return scalar;
}

/** Juju knows no limits, so that people are told of them; the charm holds to them. */
function limitsOf(option: ConfigOption): string {
  if (option.type === "string" && option.oneOf) return `One of ${option.oneOf.join(", ")}.`;
  if (option.type !== "int" && option.type !== "float") return "";
  const { minimum, maximum } = option;
  if (minimum !== undefined && maximum !== undefined) return `From ${minimum} to ${maximum}.`;
  if (minimum !== undefined) return `At least ${minimum}.`;
  return maximum === undefined ? "" : `At most ${maximum}.`;
}

/** YAML 1.1, as Juju reads it: texts that look like something else there are quoted. */
function render(value: object): string {
  return new Document(value, { version: "1.1", aliasDuplicateObjects: false }).toString({
    directives: false,
    lineWidth: 0,
  });
}

function mapValues<In, Out>(
  of: Readonly<Record<string, In>>,
  map: (value: In) => Out,
): Readonly<Record<string, Out>> {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, map(value)]));
}

function withoutEmpty(of: object): object {
  return Object.fromEntries(
    Object.entries(of).filter(([, value]) => typeof value !== "object" || Object.keys(value).length > 0),
  );
}
