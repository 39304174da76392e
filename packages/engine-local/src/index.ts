/** One machine: SQLite, runit-supervised services, generations, sockets. */
export { defaultHome, engineHome, openHome } from "./home/engine-home.ts";
export type { EngineHome } from "./home/engine-home.ts";
export { openStore } from "./store/sqlite-store.ts";
export type { SqliteStore } from "./store/sqlite-store.ts";
export { lockHome, lockOwner } from "./lock/engine-lock.ts";
export type { EngineLock, LockOwner } from "./lock/engine-lock.ts";
export { LocalSubstrate } from "./substrate/local-substrate.ts";
export type { LocalSubstrateOptions } from "./substrate/local-substrate.ts";
export { loadBackend } from "./substrate/load-backend.ts";
export type { LoadBackend } from "./substrate/load-backend.ts";
export { httpGet, httpRequest } from "./http/loopback-http.ts";
export { probePort } from "./network/probe-port.ts";
export { runCommand } from "./process/run-command.ts";
export { workloadEnvironment } from "./network/workload-environment.ts";
