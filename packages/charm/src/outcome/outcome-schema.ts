/**
 * JSON Schema of an outcome, kept equal to its interface by a type test.
 *
 * One literal, so that its exact type can be emitted. Names are Juju's; paths lie below the container's folder, whatever the file system
 * makes of them: no dots alone, no leading slash.
 */
export const outcomeSchema = {
  type: "object",
  required: [
    "protocol",
    "status",
    "bags",
    "containers",
    "materials",
    "secrets",
    "openedPorts",
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
        message: { type: "string" },
      },
      additionalProperties: false,
    },
    bags: {
      type: "object",
      propertyNames: { type: "string", pattern: "^[0-9]+$" },
      additionalProperties: {
        type: "object",
        properties: {
          application: { type: "object", additionalProperties: { type: "string" } },
          unit: { type: "object", additionalProperties: { type: "string" } },
        },
        additionalProperties: false,
      },
    },
    containers: {
      type: "object",
      propertyNames: { type: "string", pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$" },
      additionalProperties: {
        type: "object",
        required: ["services"],
        properties: {
          services: {
            type: "object",
            propertyNames: { type: "string", pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$" },
            additionalProperties: {
              type: "object",
              required: ["command"],
              properties: {
                command: { type: "array", items: { type: "string" }, minItems: 1 },
                summary: { type: "string" },
                startup: { enum: ["enabled", "disabled"] },
                after: { type: "array", items: { type: "string" } },
                requires: { type: "array", items: { type: "string" } },
                environment: { type: "object", additionalProperties: { type: "string" } },
                workingDir: { type: "string" },
                onSuccess: {
                  enum: ["restart", "shutdown", "failure-shutdown", "success-shutdown", "ignore"],
                },
                onFailure: {
                  enum: ["restart", "shutdown", "failure-shutdown", "success-shutdown", "ignore"],
                },
                onCheckFailure: {
                  type: "object",
                  additionalProperties: {
                    enum: ["restart", "shutdown", "failure-shutdown", "success-shutdown", "ignore"],
                  },
                },
                killDelay: { type: "string" },
                reload: {
                  anyOf: [
                    { const: "restart" },
                    {
                      type: "object",
                      required: ["http"],
                      properties: { http: { type: "string" } },
                      additionalProperties: false,
                    },
                    {
                      type: "object",
                      required: ["signal"],
                      properties: { signal: { enum: ["HUP", "USR1", "USR2"] } },
                      additionalProperties: false,
                    },
                  ],
                },
              },
              additionalProperties: false,
            },
          },
          checks: {
            type: "object",
            propertyNames: { type: "string", pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$" },
            additionalProperties: {
              type: "object",
              properties: {
                level: { enum: ["alive", "ready"] },
                period: { type: "string" },
                timeout: { type: "string" },
                threshold: { type: "integer", minimum: 1 },
                http: {
                  type: "object",
                  required: ["url"],
                  properties: {
                    url: { type: "string" },
                    headers: { type: "object", additionalProperties: { type: "string" } },
                  },
                  additionalProperties: false,
                },
                tcp: {
                  type: "object",
                  required: ["port"],
                  properties: {
                    port: { type: "integer", minimum: 1, maximum: 65535 },
                    host: { type: "string" },
                  },
                  additionalProperties: false,
                },
                exec: {
                  type: "object",
                  required: ["command"],
                  properties: { command: { type: "array", items: { type: "string" }, minItems: 1 } },
                  additionalProperties: false,
                },
              },
              oneOf: [{ required: ["http"] }, { required: ["tcp"] }, { required: ["exec"] }],
              additionalProperties: false,
            },
          },
          files: {
            type: "object",
            propertyNames: {
              type: "string",
              maxLength: 200,
              pattern:
                "^(?!.*(?:^|/)\\.{1,2}(?:/|$))[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*$",
            },
            additionalProperties: {
              type: "object",
              required: ["content"],
              properties: {
                content: { type: "string" },
                mode: { enum: ["0600", "0644"] },
                onChange: { enum: ["none", "reload", "restart"] },
                check: {
                  type: "object",
                  required: ["command"],
                  properties: { command: { type: "array", items: { type: "string" }, minItems: 1 } },
                  additionalProperties: false,
                },
                contributor: { type: "string" },
                origin: { type: "object" },
              },
              additionalProperties: false,
            },
          },
          backend: {
            type: "object",
            required: ["name", "url"],
            properties: {
              name: { type: "string", pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$" },
              url: { type: "string" },
              ca: { type: "string" },
            },
            additionalProperties: false,
          },
        },
        additionalProperties: false,
      },
    },
    materials: { type: "object", additionalProperties: { $ref: "material" } },
    secrets: {
      type: "object",
      propertyNames: { type: "string", minLength: 1, maxLength: 100 },
      additionalProperties: {
        type: "object",
        required: ["content", "grants"],
        properties: {
          content: {
            type: "object",
            minProperties: 1,
            propertyNames: { type: "string", pattern: "^[a-z](?:-?[a-z0-9]){2,}$" },
            additionalProperties: { type: "string" },
          },
          grants: { type: "array", items: { type: "integer", minimum: 0 } },
          owner: { enum: ["application", "unit"] },
          id: { type: "string", pattern: "^[0-9a-z]{20}$" },
        },
        additionalProperties: false,
      },
    },
    openedPorts: {
      type: "array",
      items: { type: "string", pattern: "^(?:icmp|[1-9][0-9]{0,4}(?:-[1-9][0-9]{0,4})?/(?:tcp|udp))$" },
    },
    memory: {},
    deadlines: {
      type: "array",
      items: {
        type: "object",
        required: ["id", "at"],
        properties: { id: { type: "string" }, at: { type: "string" } },
        additionalProperties: false,
      },
    },
    external: {
      type: "object",
      propertyNames: { type: "string", pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$" },
      additionalProperties: {
        type: "object",
        required: ["backend", "connection"],
        properties: {
          backend: { type: "string", pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$" },
          connection: { type: "object", additionalProperties: { type: "string" } },
          credentials: { type: "string" },
          objects: {
            type: "object",
            propertyNames: { type: "string", maxLength: 200, pattern: "^[A-Za-z0-9_][A-Za-z0-9._-]*$" },
            additionalProperties: {
              type: "object",
              required: ["stage", "content"],
              properties: {
                stage: { enum: ["targets", "rules", "dashboards"] },
                content: {},
                contributor: { type: "string" },
                summary: { type: "string" },
              },
              additionalProperties: false,
            },
          },
          losses: { type: "array", items: { type: "object", required: ["code", "severity", "message"] } },
        },
        additionalProperties: false,
      },
    },
    problems: {
      type: "array",
      items: {
        type: "object",
        required: ["code", "severity", "message", "remedy", "origin"],
        properties: {
          code: { type: "string" },
          severity: { enum: ["error", "warning", "info"] },
          message: { type: "string" },
          remedy: { type: "string" },
          origin: { type: "object" },
        },
      },
    },
    expectations: {
      type: "array",
      items: {
        type: "object",
        required: ["signal", "kind", "name", "application", "container"],
        properties: {
          signal: { enum: ["metrics", "rules", "alerting", "logs", "traces", "dashboards"] },
          kind: { type: "string" },
          name: { type: "string" },
          application: { type: "string" },
          unit: { type: "string" },
          container: { type: "string" },
          match: { type: "object", additionalProperties: { type: "string" } },
        },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
} as const;
