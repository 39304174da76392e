/** observable(): one declaration becomes every standard endpoint. */
export { observable } from "./observable.ts";
export type { EndpointNames, MetricsEndpoint, ObservableEndpoints } from "./observable.ts";
export { over } from "./over.ts";
export type { TelemetryChanges } from "./over.ts";
export { rotateScrapeToken, scrapeAuthorization, scrapeToken } from "./scrape-token.ts";
export type { ScrapeToken, ScrapeTokenView } from "./scrape-token.ts";
