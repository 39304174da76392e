import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Bag } from "@orrery/charm";
import { provider, requirer } from "@orrery/relations/certificate-transfer";
import { expect, test } from "vitest";
import { FIXTURES_FOLDER } from "./peer-fixtures.ts";
import { leaderOf, relationView } from "./relation-view.ts";
import { runScenario } from "./run-scenario.ts";

const { certificates }: { readonly certificates: readonly string[] } = JSON.parse(
  readFileSync(join(FIXTURES_FOLDER, "authority.certificate-transfer-1.1.python.json"), "utf8"),
);

const truster = (
  event: string,
  bags: { readonly remoteApplication?: Bag; readonly remoteUnits?: Record<number, Bag> },
) =>
  runScenario<{ readonly certificates: readonly string[] }>({
    charm: "transfer-requirer",
    application: "trust",
    event,
    relation: { endpoint: "receive-ca-cert", id: 1, application: "authority", ...bags },
  });

const authority = (remoteApplication: Bag) =>
  runScenario({
    charm: "transfer-provider",
    application: "authority",
    config: { certificates: JSON.stringify(certificates) },
    event: "relation-changed",
    relation: { endpoint: "send-ca-cert", id: 1, application: "trust", remoteApplication },
  });

test("what ours hand on, a Python charm that asked for version 1 takes", async () => {
  const asked = await truster("relation-created", {});
  const written = provider().encode(
    { certificates },
    relationView("trust", { remoteApplication: asked.application }),
    leaderOf("authority"),
  );
  expect(written.unit).toEqual({});

  const { report } = await truster("relation-changed", { remoteApplication: written.application ?? {} });
  expect(report.certificates).toEqual(certificates);
});

test("what ours hand on to one that asked for nothing can be read from a unit alone, as version 0", async () => {
  const { unit = {} } = provider().encode({ certificates }, relationView("trust", {}), leaderOf("authority"));

  const { report } = await truster("relation-changed", { remoteUnits: { 0: unit } });
  expect(report.certificates).toEqual(certificates);
});

test("a Python charm hands on by version 1 alone once ours has said that it reads that", async () => {
  const asked = requirer().announce?.(relationView("authority", {}), leaderOf("trust")).application ?? {};
  const written = await authority(asked);
  expect(written.unit).toEqual({});

  const { value, problems } = requirer().decode(
    relationView("authority", { remoteApplication: written.application }),
  );
  expect(problems).toEqual([]);
  expect(value.map(({ certificate }) => certificate)).toEqual(certificates);
});

test("what a Python charm hands on to one that asked for nothing, ours read from a unit alone", async () => {
  const written = await authority({});

  const { value, problems } = requirer().decode(
    relationView("authority", { remoteUnits: { 0: written.unit } }),
  );
  expect(problems).toEqual([]);
  expect(value.map(({ certificate }) => certificate)).toEqual(certificates);
});
