const text = { type: "string" } as const;
const texts = { type: "object", additionalProperties: text } as const;
const command = { type: "array", items: text, minItems: 1 } as const;
const name = { type: "string", pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$" } as const;
/** Below the container's folder, whatever the file system makes of it: no dots alone, no leading slash. */
const path = {
  type: "string",
  maxLength: 200,
  pattern: "^(?!.*(?:^|/)\\.{1,2}(?:/|$))[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*$",
} as const;

const problem = {
  type: "object",
  required: ["code", "severity", "message", "remedy", "origin"],
  properties: {
    code: text,
    severity: { enum: ["error", "warning", "info"] },
    message: text,
    remedy: text,
    origin: { type: "object" },
  },
} as const;

const change = {
  anyOf: [
    { const: "restart" },
    { type: "object", required: ["http"], properties: { http: text }, additionalProperties: false },
    {
      type: "object",
      required: ["signal"],
      properties: { signal: { enum: ["HUP", "USR1", "USR2"] } },
      additionalProperties: false,
    },
  ],
} as const;

const serviceAction = {
  enum: ["restart", "shutdown", "failure-shutdown", "success-shutdown", "ignore"],
} as const;

const service = {
  type: "object",
  required: ["command"],
  properties: {
    command,
    summary: text,
    startup: { enum: ["enabled", "disabled"] },
    after: { type: "array", items: text },
    requires: { type: "array", items: text },
    environment: texts,
    workingDir: text,
    onSuccess: serviceAction,
    onFailure: serviceAction,
    onCheckFailure: { type: "object", additionalProperties: serviceAction },
    killDelay: text,
    reload: change,
  },
  additionalProperties: false,
} as const;

const check = {
  type: "object",
  properties: {
    level: { enum: ["alive", "ready"] },
    period: text,
    timeout: text,
    threshold: { type: "integer", minimum: 1 },
    http: {
      type: "object",
      required: ["url"],
      properties: { url: text, headers: texts },
      additionalProperties: false,
    },
    tcp: {
      type: "object",
      required: ["port"],
      properties: { port: { type: "integer", minimum: 1, maximum: 65535 }, host: text },
      additionalProperties: false,
    },
    exec: { type: "object", required: ["command"], properties: { command }, additionalProperties: false },
  },
  oneOf: [{ required: ["http"] }, { required: ["tcp"] }, { required: ["exec"] }],
  additionalProperties: false,
} as const;

const file = {
  type: "object",
  required: ["content"],
  properties: {
    content: text,
    mode: { enum: ["0600", "0644"] },
    onChange: { enum: ["none", "reload", "restart"] },
    check: { type: "object", required: ["command"], properties: { command }, additionalProperties: false },
    contributor: text,
    origin: { type: "object" },
  },
  additionalProperties: false,
} as const;

const container = {
  type: "object",
  required: ["services"],
  properties: {
    services: { type: "object", propertyNames: name, additionalProperties: service },
    checks: { type: "object", propertyNames: name, additionalProperties: check },
    files: { type: "object", propertyNames: path, additionalProperties: file },
    backend: {
      type: "object",
      required: ["name", "url"],
      properties: { name, url: text },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
} as const;

/** JSON Schema of an outcome, kept equal to its interface by a type test. */
export const outcomeSchema = {
  type: "object",
  required: [
    "protocol",
    "status",
    "bags",
    "containers",
    "materials",
    "deadlines",
    "external",
    "problems",
    "expectations",
  ],
  properties: {
    protocol: { const: 1 },
    status: {
      type: "object",
      required: ["status", "message"],
      properties: {
        status: { enum: ["active", "waiting", "blocked", "maintenance", "error", "unknown"] },
        message: text,
      },
      additionalProperties: false,
    },
    bags: {
      type: "object",
      propertyNames: { type: "string", pattern: "^[0-9]+$" },
      additionalProperties: {
        type: "object",
        properties: { application: texts, unit: texts },
        additionalProperties: false,
      },
    },
    containers: { type: "object", propertyNames: name, additionalProperties: container },
    materials: {
      type: "object",
      additionalProperties: {
        type: "object",
        required: ["kind"],
        properties: {
          kind: { enum: ["password", "private-key"] },
          length: { type: "integer", minimum: 12, maximum: 128 },
          algorithm: { enum: ["ecdsa-p256", "rsa-2048"] },
          rotateAt: text,
        },
        additionalProperties: false,
      },
    },
    deadlines: {
      type: "array",
      items: {
        type: "object",
        required: ["id", "at"],
        properties: { id: text, at: text },
        additionalProperties: false,
      },
    },
    external: {
      type: "object",
      additionalProperties: { type: "object", required: ["backend", "connection"] },
    },
    problems: { type: "array", items: problem },
    expectations: {
      type: "array",
      items: {
        type: "object",
        required: ["signal", "kind", "name", "application", "container"],
        properties: {
          signal: { enum: ["metrics", "rules", "alerting", "logs", "traces", "dashboards"] },
          kind: text,
          name: text,
          application: text,
          unit: text,
          container: text,
          match: texts,
        },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
} as const;
