/** The links from what a product says to what a person is told, in order. */
export const LINKS = [
  "declaration",
  "relation",
  "compiled",
  "target",
  "scraped",
  "stream",
  "rule",
  "alertmanager",
  "delivery",
] as const;

/** One link of the chain. */
export type Link = (typeof LINKS)[number];
