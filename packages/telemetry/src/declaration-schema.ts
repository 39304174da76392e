/**
 * The form of a telemetry declaration (JSON Schema, draft-07): the one that `defineTelemetry` and `telemetry.yaml` share.
 *
 * What a schema cannot say is checked by `checkDeclaration`.
 */
export const declarationSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  type: "object",
  additionalProperties: false,
  required: ["product"],
  properties: {
    product: { type: "string", pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", maxLength: 63 },
    owner: { type: "string", minLength: 1, maxLength: 128, pattern: "^[ -~]+$" },
    metrics: {
      type: "array",
      maxItems: 64,
      items: {
        type: "object",
        additionalProperties: false,
        required: ["port"],
        properties: {
          port: {
            type: ["string", "integer"],
            pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
            minimum: 1,
            maximum: 65535,
          },
          path: { type: "string", pattern: '^/[!-"$->@-~]*$', maxLength: 1024 },
          scheme: { type: "string", enum: ["http", "https"] },
          interval: {
            type: "string",
            pattern: "^(?=[1-9])([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$",
          },
          timeout: {
            type: "string",
            pattern: "^(?=[1-9])([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$",
          },
          job: { type: "string", pattern: "^[A-Za-z0-9_][A-Za-z0-9_.-]*$", maxLength: 128 },
          labels: {
            type: "object",
            propertyNames: { pattern: "^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$" },
            additionalProperties: { type: "string", maxLength: 1024 },
          },
          sampleLimit: { type: "integer", minimum: 1 },
          authorization: {
            type: "object",
            required: ["kind"],
            discriminator: { propertyName: "kind" },
            oneOf: [
              {
                type: "object",
                additionalProperties: false,
                required: ["kind", "username", "password"],
                properties: {
                  kind: { const: "basic" },
                  username: { type: "string", minLength: 1, maxLength: 256, pattern: "^[ -9;-~]+$" },
                  password: {
                    type: "object",
                    additionalProperties: false,
                    required: ["secret"],
                    properties: {
                      secret: { type: "string", pattern: "^secret:[0-9a-z]{20}$" },
                      key: { type: "string", pattern: "^[a-z](?:-?[a-z0-9]){2,}$" },
                    },
                  },
                },
              },
              {
                type: "object",
                additionalProperties: false,
                required: ["kind", "credentials"],
                properties: {
                  kind: { const: "bearer" },
                  type: { type: "string", maxLength: 64, pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$" },
                  credentials: {
                    type: "object",
                    additionalProperties: false,
                    required: ["secret"],
                    properties: {
                      secret: { type: "string", pattern: "^secret:[0-9a-z]{20}$" },
                      key: { type: "string", pattern: "^[a-z](?:-?[a-z0-9]){2,}$" },
                    },
                  },
                },
              },
            ],
          },
        },
      },
    },
    rules: {
      anyOf: [
        {
          type: "object",
          additionalProperties: false,
          required: ["files"],
          properties: { files: { type: "string", pattern: "^\\./[A-Za-z0-9_][A-Za-z0-9_./-]*$" } },
        },
        {
          type: "object",
          propertyNames: { pattern: "\\.(rule|rules|yml|yaml)$" },
          additionalProperties: { type: "string" },
        },
      ],
    },
  },
} as const;
