import type { Manifest } from "@orrery/charm";
import { expect, test } from "vitest";
import { renderMetadata } from "./render-metadata.ts";

const manifest: Manifest = {
  name: "zinc",
  summary: "A metal: yes",
  endpoints: {
    metrics: { role: "provides", interface: "prometheus_scrape", optional: true },
    certificates: { role: "requires", interface: "tls-certificates", limit: 1 },
    friends: { role: "peers", interface: "zinc_peers" },
  },
  config: {
    ratio: { type: "float", default: 1, minimum: 0, maximum: 2, description: "A share." },
    mode: { type: "string", default: "on", oneOf: ["on", "off"] },
    version: { type: "string", default: "1.10" },
    count: { type: "int" },
  },
  ports: { http: { prefer: 80 } },
  containers: {
    zinc: { program: "zincd", tools: ["zincctl"], image: "example.com/zinc:1" },
    web: { program: "node" },
  },
  actions: { show: { description: "Shows.", params: { what: { type: "string" } }, required: ["what"] } },
  assets: [],
};

test("a charm for machines has no containers, and programs that can be attached", () => {
  expect(renderMetadata(manifest, { substrate: "machine", architecture: "amd64" })["metadata.yaml"])
    .toBe(`name: zinc
summary: "A metal: yes"
description: "A metal: yes"
assumes:
  - juju >= 3.1
provides:
  metrics:
    interface: prometheus_scrape
    optional: true
requires:
  certificates:
    interface: tls-certificates
    limit: 1
peers:
  friends:
    interface: zinc_peers
  orrery-units:
    interface: orrery_units
    description: Tells units of each other.
resources:
  zincd:
    type: file
    filename: zincd
    description: The program zincd, for machines that have none on their PATH.
  zincctl:
    type: file
    filename: zincctl
    description: The program zincctl, for machines that have none on their PATH.
`);
});

test("a charm for Kubernetes has an image and a volume for each container", () => {
  const text = renderMetadata(manifest, { substrate: "kubernetes", architecture: "arm64" })["metadata.yaml"];
  expect(text).toContain(`containers:
  zinc:
    resource: zinc-image
    mounts:
      - storage: zinc-data
        location: /var/lib/orrery/zinc/storage
`);
  expect(text).toContain(`  zinc-image:
    type: oci-image
    description: An image with zincd on its PATH.
    upstream-source: example.com/zinc:1
`);
  expect(text).toContain("assumes:\n  - juju >= 3.1\n  - k8s-api\n");
});

test("options have Juju's types, whole floats their point, and texts that look like something else their quotes", () => {
  expect(renderMetadata(manifest, { substrate: "machine" })["config.yaml"]).toBe(`options:
  ratio:
    type: float
    default: 1.0
    description: A share. From 0 to 2.
  mode:
    type: string
    default: "on"
    description: One of on, off.
  version:
    type: string
    default: "1.10"
  count:
    type: int
`);
});

test("actions refuse parameters that they do not have", () => {
  expect(renderMetadata(manifest, { substrate: "machine" })["actions.yaml"]).toBe(`show:
  description: Shows.
  params:
    what:
      type: string
  required:
    - what
  additionalProperties: false
`);
});

const bases = (options: Parameters<typeof renderMetadata>[1]): string | undefined =>
  renderMetadata(manifest, options)["manifest.yaml"];

test("the bases are of the packed Node's architecture, or of all where none is packed", () => {
  expect(bases({ substrate: "machine", architecture: "arm64" })).toContain("architectures:\n      - arm64\n");
  expect(bases({ substrate: "machine" })).toContain("architectures:\n      - amd64\n      - arm64\n");
});
