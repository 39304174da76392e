import { active, defineCharm, perRelation, waiting } from "@orrery/charm";
import { exchange } from "@orrery/charm-testing";
import { expect, test } from "vitest";
import { requirer as truster, provider as handsOn } from "../certificate-transfer/index.ts";
import { provider, requirer } from "./index.ts";
import { entries } from "./python-peer.test-support.ts";

const issued = entries.map(({ certificate_signing_request: csr, certificate, ca }) => ({
  csr,
  certificate,
  ca,
}));

/** Issues what it knows, and hands its own certificate on. */
const authority = defineCharm({
  name: "authority",
  endpoints: { certificates: provider(), "send-ca-cert": handsOn() },
  reconcile: ({ endpoints }) => {
    const answers = endpoints.certificates.relations.map(({ key, value: requests }) => {
      const certificates = issued.filter(({ csr }) => requests.some((one) => one.csr === csr));
      return [key, { certificates }] as const;
    });
    return {
      status: active(),
      publish: {
        certificates: perRelation(new Map(answers)),
        "send-ca-cert": { certificates: issued.map(({ ca }) => ca) },
      },
    };
  },
});

/** Each unit asks for a certificate of its own, and trusts the authority. */
const zinc = defineCharm({
  name: "zinc",
  endpoints: { certificates: requirer(), "receive-ca-cert": truster() },
  reconcile: ({ endpoints, self }) => {
    const own = issued[self.topology.unit === "zinc/0" ? 0 : 1];
    const [certificate] = endpoints.certificates.relations.flatMap(({ value }) => value.certificates);
    const trusted = endpoints["receive-ca-cert"].relations.flatMap(({ value }) => value);
    return {
      publish: { certificates: { requests: own ? [{ csr: own.csr }] : [] } },
      status: certificate
        ? active(`until ${certificate.notAfter}, trusts ${trusted.length}`)
        : waiting("for a certificate"),
    };
  },
});

test("two charms come to a certificate for each unit, and to trust in its authority by version 1 alone", () => {
  const units = exchange({ authority: { charm: authority }, zinc: { charm: zinc, units: 2 } }, [
    ["authority:certificates", "zinc:certificates"],
    ["authority:send-ca-cert", "zinc:receive-ca-cert"],
  ]);

  for (const unit of ["zinc/0", "zinc/1"])
    expect(units.get(unit)?.status).toBe("active: until 2035-12-30T00:00:00Z, trusts 1");
  expect(units.get("zinc/0")?.codes).toEqual([]);
  expect(units.get("authority/0")?.published("send-ca-cert").unit).toEqual({});
});
