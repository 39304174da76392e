/** The `loki_push_api` interface: where log lines are pushed, and the LogQL rules that watch over them. */
export type { GrantedUrl as PushUrl } from "../addressing/granted-url.ts";
export { feedback } from "./feedback.ts";
export type { LogsFeedback } from "./feedback.ts";
export { provider } from "./provider.ts";
export type { LogsProvided, ProviderOptions } from "./provider.ts";
export type { LogSender, SentRuleGroup } from "./reading/log-sender.ts";
export { requirer } from "./requirer.ts";
export type { LogsOffered, LogsTaken } from "./requirer.ts";
