import { generateKeyPairSync } from "node:crypto";
import type { Bag } from "@orrery/charm";
import { commonName, provider, requirer } from "@orrery/relations/tls-certificates";
import type { DeniedRequest, IssuedCertificate } from "@orrery/relations/tls-certificates";
import { expect, test } from "vitest";
import { leaderOf, relationView } from "./relation-view.ts";
import { runScenario } from "./run-scenario.ts";
import type { ScenarioRun } from "./run-scenario.ts";

interface RequirerReport {
  readonly certificates: readonly (Pick<IssuedCertificate, "csr" | "certificate" | "ca" | "chain"> & {
    readonly revoked: boolean | null;
  })[];
  readonly denied: readonly DeniedRequest[];
  readonly capabilities: Readonly<Record<string, unknown>> | null;
}

interface ProviderReport {
  readonly requests: readonly { readonly csr: string; readonly ca: boolean; readonly common_name: string }[];
}

const [key, authorityKey] = [rsaKey(), rsaKey()];
const MODES = ["unit", "app"] as const;

/** Has the Python charm ask, or look at an answer. */
const ask = (event: string, of: { readonly mode: string; readonly bags?: object }) =>
  runScenario<RequirerReport>({
    charm: "tls-requirer",
    application: "zinc",
    config: { mode: of.mode, ca: of.mode === "app", "private-key": key, addresses: "10.1.7.20,2001:db8::20" },
    event,
    relation: { endpoint: "certificates", id: 1, application: "authority", ...of.bags },
  });

/** Has the Python charm answer requests. */
const answer = (bags: Partial<ScenarioRun["relation"]>, config: ScenarioRun["config"] = {}) =>
  runScenario<ProviderReport>({
    charm: "tls-provider",
    application: "authority",
    config: { "private-key": authorityKey, ...config },
    event: "relation-changed",
    relation: { endpoint: "certificates", id: 1, application: "zinc", ...bags },
  });

/** A bag of requests where its side of the relation has it: in its own eyes, and in the other's. */
const placed = (mode: "unit" | "app", bag: Bag) =>
  mode === "unit"
    ? { own: { localUnit: bag }, remote: { remoteUnits: { 0: bag } } }
    : { own: { localApplication: bag }, remote: { remoteApplication: bag } };

test.for(MODES)(
  "what a Python charm asks for by its %s, ours read, and what ours answer, it takes",
  async (mode) => {
    const asked = await ask("relation-created", { mode });
    const { own, remote } = placed(mode, mode === "unit" ? asked.unit : asked.application);
    const requests = provider().decode(relationView("zinc", remote));
    expect(requests.problems).toEqual([]);
    expect(requests.value).toMatchObject([
      {
        ca: mode === "app",
        application: "zinc",
        ...(mode === "unit" ? { unit: "zinc/0" } : {}),
        names: { dns: ["*.zinc.example.com", "zinc.example.com"], ip: ["10.1.7.20", "2001:db8::20"] },
      },
    ]);
    expect(commonName(requests.value[0]?.subject ?? [])).toBe("zinc.example.com");

    const issued = await issue(
      mode,
      requests.value.map(({ csr }) => csr),
    );
    const { application = {} } = provider().encode(
      { certificates: issued, capabilities: { ipAddresses: true, domains: ["example.com"] } },
      relationView("zinc", remote),
      leaderOf("authority"),
    );
    const taken = await ask("relation-changed", { mode, bags: { ...own, remoteApplication: application } });
    expect(taken.report.certificates).toEqual(
      issued.map(({ csr, certificate, ca, chain }) => ({ csr, certificate, ca, chain, revoked: null })),
    );
    expect(taken.report.capabilities).toEqual({ supports_ip_sans: true, allowed_domains: ["example.com"] });
  },
);

test.for(MODES)(
  "what ours ask for by their %s, a Python charm reads and answers, and ours take it",
  async (mode) => {
    const asked = await ask("relation-created", { mode });
    const [csr = ""] = provider()
      .decode(relationView("zinc", { remoteApplication: asked.application, remoteUnits: { 0: asked.unit } }))
      .value.map((one) => one.csr);
    const ca = mode === "app";
    const written = requirer({ mode }).encode(
      { requests: [{ csr, ca }] },
      relationView("authority", {}),
      leaderOf("zinc"),
    );
    const { own, remote } = placed(mode, written.unit ?? written.application ?? {});

    const answered = await answer(remote);
    expect(answered.report.requests).toMatchObject([{ csr, ca, common_name: "zinc.example.com" }]);
    const { value, problems } = requirer({ mode }).decode(
      relationView("authority", { ...own, remoteApplication: answered.application }),
    );
    expect(problems).toEqual([]);
    expect(value.certificates).toMatchObject([{ csr, notBefore: "2026-01-01T00:00:00Z" }]);
    expect(value.capabilities).toEqual({ ipAddresses: true, kind: "self-signed" });
  },
);

test("a denial is told to the other side, either way", async () => {
  const { unit } = await ask("relation-created", { mode: "unit" });
  const denying = await answer({ remoteUnits: { 0: unit } }, { deny: "zinc.example.com" });
  const read = requirer().decode(
    relationView("authority", { localUnit: unit, remoteApplication: denying.application }),
  );
  expect(read.value.denied).toMatchObject([{ code: 102, name: "DOMAIN_NOT_ALLOWED" }]);
  expect(read.problems).toMatchObject([{ code: "CERTIFICATE_DENIED" }]);

  const { application = {} } = provider().encode(
    { certificates: [], denied: read.value.denied },
    relationView("zinc", {}),
    leaderOf("authority"),
  );
  const told = await ask("relation-changed", {
    mode: "unit",
    bags: { localUnit: unit, remoteApplication: application },
  });
  expect(told.report.denied).toEqual(read.value.denied);
});

test("a certificate that is taken back is known to be, either way", async () => {
  const { unit } = await ask("relation-created", { mode: "unit" });
  const revoking = await answer({ remoteUnits: { 0: unit } }, { revoke: true });
  const { value } = requirer().decode(
    relationView("authority", { localUnit: unit, remoteApplication: revoking.application }),
  );
  expect(value.certificates).toMatchObject([{ revoked: true }]);

  const { application = {} } = provider().encode(value, relationView("zinc", {}), leaderOf("authority"));
  const told = await ask("relation-changed", {
    mode: "unit",
    bags: { localUnit: unit, remoteApplication: application },
  });
  expect(told.report.certificates).toMatchObject([{ revoked: true }]);
});

/** Has the Python charm sign requests, and reads what came of it. */
async function issue(mode: "unit" | "app", csrs: readonly string[]): Promise<readonly IssuedCertificate[]> {
  const requests = csrs.map((csr) => ({ csr, ca: mode === "app" }));
  const written = requirer({ mode }).encode({ requests }, relationView("authority", {}), leaderOf("zinc"));
  const { own, remote } = placed(mode, written.unit ?? written.application ?? {});
  const { application } = await answer(remote);
  return requirer({ mode }).decode(relationView("authority", { ...own, remoteApplication: application }))
    .value.certificates;
}

function rsaKey(): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return privateKey.export({ type: "pkcs1", format: "pem" }).toString();
}
