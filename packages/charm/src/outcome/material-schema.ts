/** JSON Schema of a certificate's subject; see `SubjectName`. */
export const subjectSchema = {
  $id: "subject",
  type: "object",
  required: ["commonName"],
  properties: {
    commonName: { type: "string", minLength: 1, maxLength: 64 },
    organization: { type: "string", minLength: 1, maxLength: 64 },
    organizationalUnit: { type: "string", minLength: 1, maxLength: 64 },
    country: { type: "string", pattern: "^[A-Z]{2}$" },
    state: { type: "string", minLength: 1, maxLength: 128 },
    locality: { type: "string", minLength: 1, maxLength: 128 },
    email: { type: "string", maxLength: 255, pattern: "^[\\x21-\\x7e]+@[\\x21-\\x7e]+$" },
  },
  additionalProperties: false,
} as const;

/**
 * JSON Schema of a material, kept equal to its interface by a type test.
 *
 * What others send, the text of a `csr`, is any text here: it is judged alone when the certificate is made, so that one
 * bad request does not cost the whole outcome.
 */
export const materialSchema = {
  $id: "material",
  type: "object",
  required: ["kind"],
  properties: { kind: { enum: ["password", "private-key", "csr", "ca-certificate", "certificate"] } },
  discriminator: { propertyName: "kind" },
  oneOf: [
    {
      type: "object",
      required: ["kind", "length"],
      properties: {
        kind: { const: "password" },
        length: { type: "integer", minimum: 12, maximum: 128 },
        rotateAt: { $ref: "moment" },
        keepPrevious: { type: "boolean" },
      },
      additionalProperties: false,
    },
    {
      type: "object",
      required: ["kind", "algorithm"],
      properties: {
        kind: { const: "private-key" },
        algorithm: { enum: ["ecdsa-p256", "rsa-2048"] },
        rotateAt: { $ref: "moment" },
        keepPrevious: { type: "boolean" },
      },
      additionalProperties: false,
    },
    {
      type: "object",
      required: ["kind", "key", "subject", "sans"],
      properties: {
        kind: { const: "csr" },
        key: { type: "string" },
        subject: { $ref: "subject" },
        sans: {
          type: "object",
          properties: {
            dns: { type: "array", maxItems: 100, items: { type: "string", minLength: 1, maxLength: 253 } },
            ip: { type: "array", maxItems: 100, items: { type: "string", minLength: 2, maxLength: 45 } },
          },
          additionalProperties: false,
        },
        rotateAt: { $ref: "moment" },
        keepPrevious: { type: "boolean" },
      },
      additionalProperties: false,
    },
    {
      type: "object",
      required: ["kind", "key", "subject", "validitySeconds"],
      properties: {
        kind: { const: "ca-certificate" },
        key: { type: "string" },
        subject: { $ref: "subject" },
        validitySeconds: { type: "integer", minimum: 60, maximum: 315_360_000 },
        rotateAt: { $ref: "moment" },
        keepPrevious: { type: "boolean" },
      },
      additionalProperties: false,
    },
    {
      type: "object",
      required: ["kind", "csr", "key", "ca", "validitySeconds"],
      properties: {
        kind: { const: "certificate" },
        csr: { type: "string" },
        key: { type: "string" },
        ca: { type: "string" },
        validitySeconds: { type: "integer", minimum: 60, maximum: 315_360_000 },
        isCa: { type: "boolean" },
        rotateAt: { $ref: "moment" },
        keepPrevious: { type: "boolean" },
      },
      additionalProperties: false,
    },
  ],
} as const;

/** JSON Schema of a moment: RFC 3339. */
export const momentSchema = {
  $id: "moment",
  type: "string",
  pattern:
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$",
} as const;
