import type { Expectation, Reader, Reading } from "@orrery/charm";
import { OrreryError, problem } from "@orrery/problems";
import { expect, test } from "vitest";
import type { Expected, InquiredApplication, Inquiry } from "./inquiry/inquiry.ts";
import type { Clock } from "./verify-until.ts";
import { verifyUntil } from "./verify-until.ts";
import { verify } from "./verify.ts";
import type { VerifyDependencies } from "./verify.ts";

const live: Reading = { state: "live", evidence: "up", ageSeconds: 2 };

const shop: InquiredApplication = {
  name: "storefront",
  endpoints: [
    { name: "metrics-endpoint", role: "provides", interface: "prometheus_scrape", related: ["prometheus"] },
  ],
  units: [{ name: "storefront/0", status: "active", message: "" }],
};
const prometheus: InquiredApplication = {
  name: "prometheus",
  endpoints: [
    { name: "metrics-endpoint", role: "requires", interface: "prometheus_scrape", related: ["storefront"] },
  ],
  units: [{ name: "prometheus/0", status: "active", message: "" }],
};

function expected(kind: string, more: Partial<Expected> = {}): Expected {
  return {
    signal: kind === "rule" ? "rules" : "metrics",
    kind,
    name: `the-${kind}`,
    application: "storefront",
    container: "prometheus",
    by: "prometheus/0",
    backend: { name: "prometheus", url: "http://127.1.2.3:9090" },
    ...more,
  };
}

const target = expected("target", { unit: "storefront/0" });
const model: Inquiry = {
  applications: [shop, prometheus],
  expected: [target, expected("rule")],
  problems: [],
};

function omitBackend(one: Expected): Expected {
  const { backend, ...rest } = one;
  return backend ? rest : one;
}

/** A system that answers by what each thing is. */
function scripted(answer: (one: Expectation) => Reading): VerifyDependencies {
  const reader: Reader = { read: async (_, all) => all.map(answer) };
  return { findReader: async () => reader, http: async () => ({ status: 200, body: "" }) };
}

test("all that is expected being read back is verified, with ages by signal", async () => {
  const report = await verify(
    model,
    scripted(() => live),
  );

  expect(report).toMatchObject({ verdict: "verified", expected: 2, arrived: 2, findings: [] });
  expect(report.applications[0]?.signals[0]).toMatchObject({
    signal: "metrics",
    arrived: 1,
    oldestSeconds: 2,
  });
});

test("a model in which nothing is expected is not verified and says what to do", async () => {
  const report = await verify(
    { applications: [], expected: [], problems: [] },
    scripted(() => live),
  );

  expect(report.verdict).toBe("incomplete");
  expect(report.findings[0]).toMatchObject({ code: "VERIFY_NOTHING_EXPECTED", link: "relation" });
  expect(report.findings[0]?.remedy).toContain("orrery integrate");
});

test("unknown is never counted as arrived, whatever the reason", async () => {
  const silent = {
    ...scripted(() => live),
    findReader: async (): Promise<Reader> => ({ read: async () => [] }),
  };
  const throwing = {
    ...scripted(() => live),
    findReader: async (): Promise<Reader> => ({ read: () => Promise.reject(new Error("broken")) }),
  };
  const absent = { ...scripted(() => live), findReader: async () => undefined };
  for (const dependencies of [silent, throwing, absent]) {
    const report = await verify(model, dependencies);
    expect(report).toMatchObject({ verdict: "incomplete", arrived: 0 });
  }
  const unplaced = { ...model, expected: model.expected.map((one) => omitBackend(one)) };
  expect(
    await verify(
      unplaced,
      scripted(() => live),
    ),
  ).toMatchObject({ verdict: "incomplete", arrived: 0 });
});

test("a failing target breaks the chain at the scrape and tells what its own unit says", async () => {
  const ailing: Inquiry = {
    ...model,
    applications: [
      { ...shop, units: [{ name: "storefront/0", status: "error", message: "service shop ended" }] },
      prometheus,
    ],
  };
  const report = await verify(
    ailing,
    scripted((one) => (one.kind === "target" ? { state: "failed", evidence: "connection refused" } : live)),
  );

  expect(report.verdict).toBe("failed");
  expect(report.findings).toHaveLength(1);
  expect(report.findings[0]).toMatchObject({
    link: "scraped",
    code: "VERIFY_FAILED",
    application: "storefront",
  });
  expect(report.findings[0]?.message).toContain(
    "connection refused; storefront/0 is error: service shop ended",
  );
});

test("a reader's own problem gives code and remedy", async () => {
  const found = problem("BACKEND_UNREACHABLE", { message: "prometheus is not ready", remedy: "start it" });
  const report = await verify(
    model,
    scripted((one) => (one.kind === "rule" ? { state: "unknown", evidence: "", problem: found } : live)),
  );

  expect(report.findings[0]).toMatchObject({
    code: "BACKEND_UNREACHABLE",
    link: "rule",
    remedy: "start it",
  });
});

test("telemetry that is related to nothing is a finding that names the relation to make", async () => {
  const lonely = {
    ...shop,
    name: "machine",
    endpoints: shop.endpoints.map((one) => ({ ...one, related: [] })),
  };
  const report = await verify(
    { ...model, applications: [...model.applications, lonely] },
    scripted(() => live),
  );

  expect(report.verdict).toBe("incomplete");
  expect(report.findings[0]).toMatchObject({
    code: "VERIFY_NOT_RELATED",
    link: "relation",
    application: "machine",
  });
  expect(report.findings[0]?.remedy).toBe(
    "relate it: `orrery integrate machine:metrics-endpoint prometheus`",
  );
});

test("a relation of which nothing is expected is a finding, so a model that has not settled is not verified", async () => {
  const report = await verify(
    { ...model, expected: [expected("target", { application: "machine" })] },
    scripted(() => live),
  );

  expect(report.verdict).toBe("incomplete");
  expect(report.findings[0]).toMatchObject({
    code: "VERIFY_NOT_COMPILED",
    link: "compiled",
    application: "storefront",
  });
});

test("a rejected file fails the verdict though all else has arrived, a warning does not", async () => {
  const rejected = problem("FILE_REJECTED", {
    message: "file rules/a.json was refused",
    origin: { application: "shop" },
  });
  const warning = { ...rejected, severity: "warning" as const };

  expect(
    await verify(
      { ...model, problems: [rejected] },
      scripted(() => live),
    ),
  ).toMatchObject({ verdict: "failed" });
  const warned = await verify(
    { ...model, problems: [warning] },
    scripted(() => live),
  );
  expect(warned).toMatchObject({ verdict: "verified", findings: [{ code: "FILE_REJECTED" }] });
});

function fakeClock(): Clock & { readonly pauses: number[] } {
  let time = 0;
  const pauses: number[] = [];
  return {
    pauses,
    now: () => time,
    sleep: async (ms) => {
      pauses.push(ms);
      time += ms;
    },
  };
}

test("waiting ends as soon as everything arrived, looking anew each time", async () => {
  let looks = 0;
  const clock = fakeClock();
  const seen: string[] = [];
  const report = await verifyUntil(
    async () => {
      looks += 1;
      return looks < 3 ? { ...model, expected: [] } : model;
    },
    { ...scripted(() => live), clock, timeoutMs: 60_000, onProgress: ({ verdict }) => seen.push(verdict) },
  );

  expect(report.verdict).toBe("verified");
  expect(seen).toEqual(["incomplete", "incomplete", "verified"]);
});

test("waiting pauses longer and longer, at most two seconds, and ends when the time is over", async () => {
  const clock = fakeClock();
  const report = await verifyUntil(async () => model, {
    ...scripted(() => ({ state: "pending", evidence: "not listed" })),
    clock,
    timeoutMs: 20_000,
  });

  expect(report).toMatchObject({ verdict: "incomplete", findings: [{ code: "VERIFY_PENDING" }, {}] });
  expect(clock.pauses[0]).toBe(250);
  expect(Math.max(...clock.pauses)).toBe(2000);
  expect(clock.now()).toBe(20_000);
});

test("an engine that is busy for a moment is asked again, any other failure is told at once", async () => {
  let looks = 0;
  const options = { ...scripted(() => live), clock: fakeClock(), timeoutMs: 5000 };
  const report = await verifyUntil(async () => {
    looks += 1;
    if (looks === 1) throw new OrreryError("ENGINE_BUSY", "engine does not answer");
    return model;
  }, options);

  expect(report.verdict).toBe("verified");
  const gone = new OrreryError("ENGINE_NOT_RUNNING", "no engine answers");
  await expect(verifyUntil(() => Promise.reject(gone), options)).rejects.toBe(gone);
  const busy = new OrreryError("ENGINE_BUSY", "engine does not answer");
  await expect(verifyUntil(() => Promise.reject(busy), options)).rejects.toBe(busy);
});

test("a system that the host reaches is asked by way of it, and stays unknown where there is no such way", async () => {
  const asked: string[] = [];
  const there = {
    ...target,
    by: "bridge/0",
    backend: { name: "x", url: "http://there", via: "host" as const },
  };
  const reader: Reader = {
    read: async (url, all, get) => {
      await get(`${url}/x`);
      return all.map(() => live);
    },
  };
  const dependencies: VerifyDependencies = {
    findReader: async () => reader,
    http: async () => await Promise.reject(new Error("asked straight")),
  };
  const through: VerifyDependencies["throughHost"] = (unit) => async (url) => {
    asked.push(`${unit} ${url}`);
    return { status: 200, body: "" };
  };

  expect(
    await verify({ ...model, expected: [there] }, { ...dependencies, throughHost: through }),
  ).toMatchObject({
    verdict: "verified",
  });
  expect(asked).toEqual(["bridge/0 http://there/x"]);
  expect(await verify({ ...model, expected: [there] }, dependencies)).toMatchObject({
    verdict: "incomplete",
  });
});
