import { OrreryError } from "@orrery/problems";
import { readPem } from "./pem.ts";

/**
 * Gives PEM as it goes into a bag, without white space around it.
 *
 * Bags are read by every unit of both applications, so anything but the wanted kind is refused, above all a private key.
 *
 * @throws OrreryError `CERTIFICATE_NOT_PUBLISHED`; the text itself is not repeated.
 */
export function publishablePem(pem: string, label: "CERTIFICATE" | "CERTIFICATE REQUEST"): string {
  const block = readPem(pem, label === "CERTIFICATE" ? [label] : [label, `NEW ${label}`]);
  if ("refused" in block)
    throw new OrreryError("CERTIFICATE_NOT_PUBLISHED", `what is to be published ${block.refused}`);
  return block.text;
}
