/** Talks to an engine that runs, and loads none of it. */
export { connectEngine } from "./api/connect-engine.ts";
export type { ConnectOptions } from "./api/connect-engine.ts";
export type { EngineClient, EngineEvent, EngineInfo, ModelClient, StopOptions } from "./api/engine-client.ts";
export { OWN_APPLICATION } from "./engine-process/deploy-itself.ts";
export { defaultHome } from "./home/engine-home.ts";
export { LOOPBACK } from "./network/loopback.ts";
