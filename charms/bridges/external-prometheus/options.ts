import type { ConfigSchema } from "@orrery/charm";

/** What the user of the server chooses. */
export const options = {
  url: {
    type: "string",
    default: "",
    pattern: "(https?://[^\\s/?#]+(/[^\\s?#]*)?)?",
    description: "Where the server answers, such as http://prometheus:9090.",
  },
  directory: {
    type: "string",
    default: "",
    pattern: "(/\\S*)?",
    description: "Folder on this machine that our files are written to, and nothing else is.",
  },
  "server-directory": {
    type: "string",
    default: "",
    pattern: "(/\\S*)?",
    description: "The same folder's path as the server sees it, where that is another one.",
  },
  token: {
    type: "secret",
    description: "Secret with the key token, or username and password, by which the server is asked.",
  },
  "ca-certificate": {
    type: "string",
    default: "",
    description: "Certificates in PEM that the server's own leads to, where the machine does not know them.",
  },
  "label-prefix": {
    type: "string",
    default: "juju_",
    pattern: "[a-z]([a-z0-9]|_[a-z0-9])*_",
    description: "What the names of our labels start with in this server.",
  },
  adopt: {
    type: "string",
    default: "",
    pattern:
      "([a-z][a-z0-9-]*=[a-zA-Z_]\\w*:[^\\s,]+(,[a-zA-Z_]\\w*:[^\\s,]+)*)?( [a-z][a-z0-9-]*=[a-zA-Z_]\\w*:[^\\s,]+(,[a-zA-Z_]\\w*:[^\\s,]+)*)*",
    description:
      "Products that the server scrapes already, by labels that their targets bear: PRODUCT=LABEL:VALUE[,LABEL:VALUE], with spaces between.",
  },
  "rule-scoping": {
    type: "string",
    default: "strict",
    oneOf: ["strict", "compatible"],
    description:
      "Whether rules may name their own application alone, or foreign charms' own scoping stays as it is.",
  },
  "sample-limit": {
    type: "int",
    default: 50_000,
    minimum: 1,
    description: "Samples that one scrape may bring; past it, it fails.",
  },
} as const satisfies ConfigSchema;
