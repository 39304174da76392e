/** Asks monitoring systems whether what should be there is there, and says where the way to it is broken. */
export { verify } from "./verify.ts";
export type { VerifyDependencies } from "./verify.ts";
export { verifyUntil } from "./verify-until.ts";
export type { Clock, VerifyUntilOptions } from "./verify-until.ts";
export type {
  Expected,
  InquiredApplication,
  InquiredEndpoint,
  InquiredUnit,
  Inquiry,
} from "./inquiry/inquiry.ts";
export type { FindReader } from "./asking/ask-systems.ts";
export { builtInReader } from "./asking/built-in-readers.ts";
export { directGet } from "./http/direct-get.ts";
export type { DirectGetLimits } from "./http/direct-get.ts";
export type { Link } from "./chain/link.ts";
export { LINKS } from "./chain/link.ts";
export type {
  ApplicationReport,
  Finding,
  Item,
  SignalReport,
  Verdict,
  VerifyReport,
} from "./report/verify-report.ts";
