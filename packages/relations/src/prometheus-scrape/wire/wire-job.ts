import type { Json } from "@orrery/databag";

/** A scrape job as bags carry it: an excerpt of Prometheus's `scrape_config`. All keys may be absent. */
export interface WireJob {
  readonly metrics_path?: string;
  readonly static_configs?: readonly WireStaticConfig[];
  readonly job_name?: string;
  readonly scrape_interval?: string;
  readonly scrape_timeout?: string;
  readonly scheme?: "http" | "https";
  readonly params?: Readonly<Record<string, Scalar | readonly Scalar[]>>;
  readonly sample_limit?: number;
  readonly relabel_configs?: readonly WireRelabeling[];
  readonly metric_relabel_configs?: readonly WireRelabeling[];
  readonly basic_auth?: { readonly username?: string; readonly password?: string };
  readonly authorization?: { readonly type?: string; readonly credentials?: string };
  readonly tls_config?: WireTls;
}

/** Values that YAML readers take for text. */
export type Scalar = string | number | boolean;

/** Targets with labels of their own. */
export interface WireStaticConfig {
  readonly targets?: readonly string[];
  readonly labels?: Readonly<Record<string, Scalar>>;
}

/** `tls_config` of a bag: both CA keys hold PEM text, whatever their name says. */
export interface WireTls {
  readonly ca?: string;
  readonly ca_file?: string;
  readonly server_name?: string;
  readonly insecure_skip_verify?: boolean;
}

/** One relabelling step. */
export interface WireRelabeling {
  readonly source_labels?: readonly string[];
  readonly separator?: string;
  readonly target_label?: string;
  readonly regex?: Scalar;
  readonly modulus?: number;
  readonly replacement?: Scalar;
  readonly action?: string;
}

const text = { type: "string", maxLength: 4096 };
const scalar = { type: ["string", "number", "boolean"], maxLength: 4096 };
const relabelings = {
  type: "array",
  maxItems: 100,
  items: {
    type: "object",
    properties: {
      source_labels: { type: "array", items: text },
      separator: text,
      target_label: text,
      regex: scalar,
      modulus: { type: "integer", minimum: 1 },
      replacement: scalar,
      action: text,
    },
  },
};

/** The form of {@link WireJob}, once only allowed keys are left. */
export const wireJobSchema: object = {
  type: "object",
  properties: {
    job_name: { type: "string", maxLength: 256, pattern: "^[ -~]*$" },
    metrics_path: { type: "string", maxLength: 1024 },
    static_configs: {
      type: "array",
      items: {
        type: "object",
        properties: {
          targets: { type: "array", items: { type: "string", maxLength: 300 } },
          labels: { type: "object", maxProperties: 40, additionalProperties: { ...scalar, maxLength: 1024 } },
        },
      },
    },
    scrape_interval: text,
    scrape_timeout: text,
    scheme: { enum: ["http", "https"] },
    params: { type: "object", additionalProperties: { anyOf: [scalar, { type: "array", items: scalar }] } },
    sample_limit: { type: "integer", minimum: 0 },
    relabel_configs: relabelings,
    metric_relabel_configs: relabelings,
    basic_auth: { type: "object", properties: { username: text, password: text } },
    authorization: { type: "object", properties: { type: text, credentials: text } },
    tls_config: {
      type: "object",
      properties: {
        ca: { type: "string", maxLength: 65_536 },
        ca_file: { type: "string", maxLength: 65_536 },
        server_name: { type: "string", maxLength: 253, pattern: "^[A-Za-z0-9_.:-]*$" },
        insecure_skip_verify: { type: "boolean" },
      },
    },
  },
};

/** An object of JSON. */
export type JsonObject = Readonly<Record<string, Json>>;

/** Says whether a value is an object of JSON. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
