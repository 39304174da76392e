import { expect, test } from "vitest";
import { contributor } from "./contributor.ts";
import { streamSelector } from "./stream-selector.ts";

const identity = { model: "obs", modelUuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713", application: "zinc" };

test("a line of the sender's identity is expected", () => {
  const { expectations, files, losses } = contributor(
    "logging-3",
    { identity, sentRules: [] },
    { container: "loki" },
  );

  expect({ files, losses }).toEqual({ files: {}, losses: [] });
  expect(expectations).toEqual([
    {
      signal: "logs",
      kind: "stream",
      name: "logging-3/zinc",
      application: "zinc",
      container: "loki",
      match: { juju_model: "obs", juju_model_uuid: identity.modelUuid, juju_application: "zinc" },
    },
  ]);
});

test("rules that nobody holds to their sender are left out, and each group is told", () => {
  const sentRules = [
    { name: "a", rules: [{}, {}] },
    { name: "b", rules: [{}] },
  ];
  const { losses } = contributor("logging-3", { identity, sentRules }, { container: "loki" });

  expect(losses.map(({ code, severity, origin }) => [code, severity, origin.application])).toEqual([
    ["LOG_RULES_NOT_EVALUATED", "error", "zinc"],
    ["LOG_RULES_NOT_EVALUATED", "error", "zinc"],
  ]);
});

test("a selector quotes what it is given, and leaves out what is not known", () => {
  expect(streamSelector({ juju_model: "", juju_application: 'a"} or {b="' })).toBe(
    String.raw`{juju_application="a\"} or {b=\""}`,
  );
});
