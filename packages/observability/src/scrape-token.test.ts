import { active, defineCharm } from "@orrery/charm";
import type { SecretView, View } from "@orrery/charm";
import { runCharm } from "@orrery/charm-testing";
import { defineTelemetry } from "@orrery/telemetry";
import { expect, test } from "vitest";
import { observable } from "./observable.ts";
import { over } from "./over.ts";
import { rotateScrapeToken, scrapeAuthorization, scrapeToken } from "./scrape-token.ts";

const telemetry = defineTelemetry({ product: "shop", metrics: [{ port: "http" }] });
const charm = defineCharm({
  name: "shop",
  ports: { http: { prefer: 8080 } },
  endpoints: { ...observable(telemetry) },
  telemetry,
  adapt: (declared, { secrets }) => {
    const authorization = scrapeAuthorization(secrets);
    return authorization ? over(declared, { metrics: { authorization } }) : declared;
  },
  reconcile: (context) => {
    const { accepted, wanted } = scrapeToken(context, [7]);
    return { ...wanted, status: active(accepted.join(" ")) };
  },
});

const URI = "secret:abcdefghij0123456789";
const SINCE = "2026-01-01T00:00:00.000Z";
const USE = `give out the metrics token of ${SINCE}`;
const ALONE = `refuse others than the metrics token of ${SINCE}`;

function run(of: {
  readonly made?: string;
  readonly kept?: SecretView["content"];
  readonly due?: View["due"];
  readonly unit?: number;
}) {
  const secrets: View["secrets"] = of.kept
    ? {
        [URI]: {
          revision: 1,
          content: of.kept,
          own: { name: "metrics-token", by: "application" },
          sharedWith: [7],
        },
      }
    : {};
  const found = runCharm(charm, {
    relations: [{ endpoint: "metrics-endpoint", id: 7 }],
    secrets,
    due: of.due ?? [],
    unit: of.unit ?? 0,
    ...(of.made === undefined ? {} : { materials: { "metrics-token": { current: of.made, since: SINCE } } }),
  });
  const { materials, secrets: wanted, deadlines, status } = found.outcome;
  return {
    accepted: status.message,
    content: wanted["metrics-token"]?.content,
    deadlines: deadlines.map(({ at }) => at),
    makes: Object.keys(materials),
    jobs: found.published("metrics-endpoint").application?.["scrape_jobs"] ?? "",
  };
}

test("the leader has a token made, keeps it for all, and the job names it", () => {
  expect(run({})).toMatchObject({ accepted: "", makes: ["metrics-token"], deadlines: [] });
  expect(run({ made: "one" })).toMatchObject({ accepted: "one", content: { token: "one" }, deadlines: [] });
  const kept = run({ made: "one", kept: { token: "one" } });
  expect(kept.jobs).toContain(`"credentials": "${URI}#token"`);
  expect(kept.jobs).not.toContain("one");
});

test("a unit that does not lead makes nothing, and accepts what the leader keeps", () => {
  const kept = { token: "one", next: "two" };
  expect(run({ unit: 1, kept })).toMatchObject({ accepted: "one two", makes: [], content: undefined });
  expect(run({ unit: 1 })).toMatchObject({ accepted: "" });
});

test("a new token is accepted before it is given out, and the old one until all have followed", () => {
  const both = ["2026-01-01T00:00:10.000Z", "2026-01-01T00:01:10.000Z"];
  const spread = run({ made: "two", kept: { token: "one" } });
  expect(spread).toMatchObject({
    accepted: "one two",
    content: { token: "one", next: "two" },
    deadlines: both,
  });

  const used = run({ made: "two", kept: spread.content ?? {}, due: [USE] });
  expect(used).toMatchObject({
    accepted: "two one",
    content: { token: "two", previous: "one" },
    deadlines: both,
  });
  const following = run({ made: "two", kept: used.content ?? {}, due: [USE] });
  expect(following.content).toEqual(used.content);

  const alone = run({ made: "two", kept: used.content ?? {}, due: [USE, ALONE] });
  expect(alone).toMatchObject({ accepted: "two", content: { token: "two" }, deadlines: [] });
});

test("a rotation that meets another, or a new leader, leaves the token in use valid until all have followed", () => {
  const met = run({
    made: "three",
    kept: { token: "one", next: "two" },
    due: ["give out the metrics token of another time"],
  });
  expect(met.content).toEqual({ token: "one", next: "three" });
});

test("only the leader rotates, and only where there is a token", async () => {
  const rotated: string[] = [];
  const tools = {
    get: async () => ({ status: 200, body: "" }),
    exec: async () => ({ exitCode: 0, stdout: "", stderr: "" }),
    rotate: async (material: string) => void rotated.push(material),
  };
  const { view } = runCharm(charm, { materials: { "metrics-token": { current: "one", since: SINCE } } });

  await expect(rotateScrapeToken.run({ ...view, leader: false }, {}, tools)).rejects.toThrow(
    /does not lead/u,
  );
  await expect(rotateScrapeToken.run({ ...view, materials: {} }, {}, tools)).rejects.toThrow(
    /no token to rotate/u,
  );
  expect(await rotateScrapeToken.run(view, {}, tools)).toEqual({
    "given-out-after-seconds": 10,
    "old-one-refused-after-seconds": 70,
  });
  expect(rotated).toEqual(["metrics-token"]);
});
