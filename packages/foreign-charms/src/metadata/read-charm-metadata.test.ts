import { parse } from "yaml";
import { expect, test } from "vitest";
import { readCharmMetadata } from "./read-charm-metadata.ts";

const METADATA = `
name: web-shop2
summary: |
  Sells things.
requires:
  db: {interface: pgsql, limit: 1, optional: true}
  old: mysql
provides:
  my_ep: {interface: http, description: Where it answers.}
peers: {cluster: {interface: cluster}}
`;

test("reads what a packed charm says of itself, as YAML 1.1 has it", () => {
  const { manifest, problems, split } = readCharmMetadata({
    "metadata.yaml": METADATA,
    "config.yaml":
      "options:\n  verbose: {type: boolean, default: on}\n  version: {type: string, default: '1.10'}\n  ratio: {type: float, default: 1}\n  key: {type: secret}\n",
    "actions.yaml":
      "backup:\n  description: Saves.\n  params: {where: {type: string}, quick: {type: boolean, default: no}, list: {type: array}}\n  required: [where]\n",
  });

  expect(manifest).toMatchObject({
    name: "web-shop2",
    summary: "Sells things.",
    endpoints: {
      db: { role: "requires", interface: "pgsql", limit: 1, optional: true },
      old: { role: "requires", interface: "mysql" },
      my_ep: { role: "provides", interface: "http", description: "Where it answers." },
      cluster: { role: "peers", interface: "cluster" },
    },
    config: {
      verbose: { type: "boolean", default: true },
      version: { type: "string", default: "1.10" },
      ratio: { type: "float", default: 1 },
      key: { type: "secret" },
    },
    actions: {
      backup: {
        params: { where: { type: "string" }, quick: { type: "boolean", default: false } },
        required: ["where"],
      },
    },
  });
  expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    "CHARM_PART_IGNORED: parameter list of action backup is a list or a map, which cannot be given here",
  ]);
  expect(split).toEqual({});
});

test("reads a charm's sources, and splits them into the files that its program reads", () => {
  const { manifest, split } = readCharmMetadata({
    "charmcraft.yaml": `type: charm\n${METADATA}base: ubuntu@24.04\nparts: {charm: {plugin: uv}}\nconfig: {options: {port: {type: int, default: 80}}}\nactions: {go: {description: Goes.}}\n`,
  });

  expect(Object.keys(manifest.config)).toEqual(["port"]);
  expect(Object.keys(manifest.actions)).toEqual(["go"]);
  expect(Object.keys(parse(split["metadata.yaml"] ?? ""))).toEqual([
    "name",
    "summary",
    "requires",
    "provides",
    "peers",
  ]);
  expect(parse(split["config.yaml"] ?? "")).toEqual({ options: { port: { type: "int", default: 80 } } });
  expect(parse(split["actions.yaml"] ?? "")).toEqual({ go: { description: "Goes." } });
});

test.for([
  ["name: Web", "CHARM_INVALID", 'charm\'s name is "Web"'],
  ["name: web\nrequires: {9db: {interface: x}}", "CHARM_INVALID", 'endpoint "9db"'],
  ["name: web\nrequires: {db: {limit: 1}}", "CHARM_INVALID", "endpoint db has no interface"],
  ["name: web\nrequires: {db: {interface: x, limit: -1}}", "CHARM_INVALID", "has limit -1"],
  [
    "name: web\nrequires: {a: {interface: x}}\nprovides: {a: {interface: x}}",
    "CHARM_INVALID",
    "declared twice",
  ],
  ["[a list]", "CHARM_INVALID", "metadata.yaml holds no map"],
  ["name: [", "CHARM_INVALID", "metadata.yaml is no YAML"],
  [
    "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c]",
    "CHARM_INVALID",
    "metadata.yaml is no YAML",
  ],
  ["name: web\nsubordinate: true", "CHARM_UNSUPPORTED", "subordinate"],
  [
    "name: web\ncontainers: {shop: {resource: image}}",
    "CHARM_UNSUPPORTED",
    "containers beside it (shop), through Pebble",
  ],
  ["name: web\nstorage: {disk: {type: block}}", "CHARM_UNSUPPORTED", "storage disk is a block device"],
] as const)("%j is refused with %s", ([text, code, words]) => {
  expect(() => readCharmMetadata({ "metadata.yaml": text })).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(words) }),
  );
});

test("what is declared and not used is told", () => {
  const { problems, storage } = readCharmMetadata({
    "metadata.yaml":
      "name: web\nresources: {image: {type: file}}\nstorage: {data: {type: filesystem, multiple: {range: 2-}}}\n",
  });

  expect(problems.map(({ message }) => message)).toEqual([
    "resources are not fetched: resource-get fails (image)",
  ]);
  expect(storage).toEqual({ data: 2 });
});
