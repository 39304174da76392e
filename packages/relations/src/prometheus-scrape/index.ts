/** The `prometheus_scrape` interface: who is scraped, how, and by which rules it is watched. */
export { feedback } from "./feedback.ts";
export type { ScrapeFeedback } from "./feedback.ts";
export { provider } from "./provider.ts";
export type { ProviderOptions } from "./provider.ts";
export { requirer } from "./requirer.ts";
export type { RequirerOptions } from "./requirer.ts";
export type { CaKey } from "./wire/encode-job.ts";
