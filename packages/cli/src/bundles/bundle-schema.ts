/** Keys of a Juju bundle that are read here but change nothing: no machines, no stores of charms, no clouds. */
export const UNUSED_KEYS = {
  bundle: [
    "bundle",
    "type",
    "series",
    "default-base",
    "machines",
    "saas",
    "tags",
    "docs",
    "issues",
    "source",
    "website",
  ],
  application: [
    "channel",
    "revision",
    "series",
    "base",
    "resources",
    "to",
    "placement",
    "expose",
    "exposed-endpoints",
    "annotations",
    "constraints",
    "storage",
    "devices",
    "bindings",
    "plan",
    "offers",
    "trust",
    "requires",
  ],
} as const;

const anything = (keys: readonly string[]): Record<string, object> =>
  Object.fromEntries(keys.map((key) => [key, {}]));

const end = { type: "string", pattern: "^[a-z][a-z0-9-]*(:[a-z0-9_-]+)?$" } as const;

const application = {
  type: "object",
  required: ["charm"],
  additionalProperties: false,
  properties: {
    charm: { type: "string", minLength: 1 },
    num_units: { type: "integer", minimum: 0, maximum: 100 },
    scale: { type: "integer", minimum: 0, maximum: 100 },
    options: {
      type: "object",
      additionalProperties: { type: ["string", "number", "boolean"] },
    },
    ...anything(UNUSED_KEYS.application),
  },
} as const;

const properties = {
  name: { type: "string" },
  description: { type: "string" },
  relations: {
    type: "array",
    maxItems: 10_000,
    items: {
      type: "array",
      minItems: 2,
      maxItems: 2,
      items: { anyOf: [end, { type: "array", minItems: 1, items: end }] },
    },
  },
  variables: {},
  ...anything(UNUSED_KEYS.bundle),
} as const;

const names = { propertyNames: { pattern: "^[a-z][a-z0-9-]*$" } } as const;

/** The form of a bundle. */
export const bundleSchema: object = {
  type: "object",
  required: ["applications"],
  additionalProperties: false,
  properties: {
    ...properties,
    applications: { type: "object", ...names, additionalProperties: application },
  },
};

/** The form of an overlay: applications may lack a charm, and null takes one out. */
export const overlaySchema: object = {
  type: "object",
  additionalProperties: false,
  properties: {
    ...properties,
    applications: {
      type: "object",
      ...names,
      additionalProperties: { ...application, type: ["object", "null"], required: [] },
    },
  },
};
