import { createHash } from "node:crypto";
import {
  active,
  caCertificate,
  certificate,
  defineCharm,
  perRelation,
  privateKey,
  waiting,
} from "@orrery/charm";
import { counted } from "@orrery/problems";
import * as transfer from "@orrery/relations/certificate-transfer";
import * as tls from "@orrery/relations/tls-certificates";
import { options, seconds } from "./options.ts";

/** The authority's certificate is made anew when so much of its time has passed. */
const RENEW_AFTER = 0.8;

export default defineCharm({
  name: "self-signed-certificates",
  summary:
    "An authority of its own: signs what it is asked to sign, and hands its certificate on to those who should trust it.",
  config: options,
  endpoints: {
    certificates: tls.provider({ optional: true, description: "Who is given certificates." }),
    "send-ca-cert": transfer.provider({ optional: true, description: "Who trusts this authority." }),
  },
  reconcile({ config, endpoints, leader, materials }) {
    // One authority for all units: its leader's.
    if (!leader) return { status: active("the leader signs") };
    const requests = endpoints.certificates.relations.flatMap(({ value }) => value);
    const ca = materials["ca"];
    const validity = seconds(config["root-ca-validity"]);
    const renewal = ca && new Date(Date.parse(ca.since) + validity * 1000 * RENEW_AFTER).toISOString();
    const answers = endpoints.certificates.relations.map(({ key, value }) => {
      const certificates = value.flatMap(({ csr }) => {
        const signed = materials[idOf(csr)];
        return signed && ca ? [{ csr, certificate: signed.current, ca: ca.current }] : [];
      });
      return [key, { certificates }] as const;
    });
    const issued = answers.reduce((sum, [, { certificates }]) => sum + certificates.length, 0);
    return {
      materials: {
        "ca-key": privateKey("ecdsa-p256", renewal === undefined ? {} : { rotateAt: renewal }),
        ca: caCertificate({
          key: "ca-key",
          subject: { commonName: config["ca-common-name"] },
          validitySeconds: validity,
        }),
        ...Object.fromEntries(
          requests.map(({ csr, ca: isCa }) => [
            idOf(csr),
            certificate({
              csr,
              key: "ca-key",
              ca: "ca",
              validitySeconds: seconds(config["certificate-validity"]),
              isCa,
            }),
          ]),
        ),
      },
      publish: {
        certificates: perRelation(new Map(answers)),
        // Who trusts goes on trusting the authority before this one, for certificates that are not yet replaced.
        "send-ca-cert": { certificates: [ca?.current, ca?.previous].filter((one) => one !== undefined) },
      },
      status: ca ? active(counted(issued, "certificate")) : waiting("for its own certificate"),
    };
  },
});

/** The id of the certificate for a request. */
function idOf(csr: string): string {
  return `certificate-${createHash("sha256").update(csr).digest("hex").slice(0, 40)}`;
}
