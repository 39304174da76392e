import { conformance } from "@orrery/charm-testing";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { DeniedRequest } from "./issued-certificate.ts";
import { entries, relation, writer } from "./python-peer.test-support.ts";
import { provider } from "./provider.ts";
import type { CertificatesProvided } from "./provider.ts";
import { requirer } from "./requirer.ts";

const all = entries.map(({ certificate_signing_request: csr, certificate, ca, chain }) => ({
  csr,
  certificate,
  ca,
  chain,
}));
const requests = all.map(({ csr }, at) => ({ csr, ca: at === 2 }));
const dates = { notBefore: "2026-01-01T00:00:00Z", notAfter: "2035-12-30T00:00:00Z" };
const denied = requests.slice(0, 1).map(({ csr }) => ({ csr, code: 999, name: "OTHER", message: "no" }));

test.for(["unit", "app"] as const)(
  "both sides keep what every relation library promises, asking by %s",
  (mode) => {
    expect(() =>
      conformance(
        { provider: provider(), requirer: requirer({ mode }) },
        {
          provider: [
            { sent: { certificates: [] }, read: { certificates: [], denied: [] } },
            {
              before: { requests },
              sent: { certificates: all, capabilities: { wildcards: false, domains: ["example.com"] } },
              read: {
                certificates: all.map((one) => ({ ...one, ...dates })),
                denied: [],
                capabilities: { wildcards: false, domains: ["example.com"] },
              },
            },
            {
              before: { requests },
              sent: { certificates: [], denied },
              read: { certificates: [], denied },
              reports: ["CERTIFICATE_DENIED"],
            },
          ],
          requirer: [{ sent: { requests: [] }, read: [] }, { sent: { requests } }],
          runs: 100,
        },
      ),
    ).not.toThrow();
  },
);

test("what a provider answers is what its requirer reads, in the same order", () => {
  const words = fc.string({ maxLength: 200 });
  const denial = fc.record(
    { code: fc.integer(), name: words, message: words, reason: fc.string({ minLength: 1, maxLength: 200 }) },
    { requiredKeys: ["code", "name", "message"] },
  );
  const answers = fc.tuple(
    fc.shuffledSubarray(all),
    fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    fc.array(denial, { maxLength: 3 }),
  );
  const localUnit = requirer().encode({ requests }, relation({}, "authority"), writer(false)).unit ?? {};
  fc.assert(
    fc.property(answers, ([chosen, revoked, reasons]) => {
      const sent: CertificatesProvided = {
        certificates: chosen.map((one, at) => ({ ...one, revoked: revoked[at] ?? false })),
        denied: reasons.map((one, at): DeniedRequest => ({ csr: all[at]?.csr ?? "", ...one })),
      };
      const { application = {} } = provider().encode(sent, relation({}, "zinc"), writer(true));
      const { value } = requirer().decode(
        relation({ localUnit, remoteApplication: application }, "authority"),
      );

      expect(value.certificates).toEqual(
        sent.certificates.map(({ revoked: back, ...one }) => ({
          ...one,
          ...dates,
          ...(back ? { revoked: true } : {}),
        })),
      );
      expect(value.denied).toEqual(sent.denied);
    }),
  );
});
