import type { ConfigSchema } from "@orrery/charm";

/** A whole number of one unit: seconds, minutes, hours, days, weeks, years. */
const TIME = "[1-9][0-9]{0,3}[smhdwy]";

/** What an operator may set. */
export const options = {
  "ca-common-name": {
    type: "string",
    default: "self-signed-certificates-operator",
    pattern: "[^\\p{Cc}]{1,64}",
    description: "What the authority calls itself.",
  },
  "certificate-validity": {
    type: "string",
    default: "90d",
    pattern: TIME,
    description: "How long a certificate is good: 1m to 10y. It ends with the authority's own at the latest.",
  },
  "root-ca-validity": {
    type: "string",
    default: "365d",
    pattern: TIME,
    description:
      "How long the authority's own certificate is good; it is made anew when four fifths have passed.",
  },
} as const satisfies ConfigSchema;

const SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** Reads a time as the options write it; within what a certificate may have, 60 s to ten years. */
export function seconds(text: string): number {
  const found = Number(text.slice(0, -1)) * (SECONDS[text.slice(-1)] ?? 1);
  return Math.min(315_360_000, Math.max(60, found));
}
