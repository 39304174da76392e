/** What a packed charm runs: one hook under real Juju, its containers by Pebble or systemd. */
export { runPacked } from "./hook/run-packed.ts";
export type { PackedSettings, Substrate } from "./hook/packed-settings.ts";
export { PebbleWorkload } from "./workload/pebble/pebble-workload.ts";
export type { PebbleWorkloadOptions } from "./workload/pebble/pebble-workload.ts";
export { httpPost } from "./workload/http-post.ts";
export type { AppliedContainer, PlacedContainer, WantedContainers, Workload } from "./workload/workload.ts";
