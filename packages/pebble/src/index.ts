/** Pebble's plan format: the form in which charms say what their containers run. */
export type { Check, Service, ServiceAction } from "./plan.ts";
export { renderCommand, renderLayer } from "./render-layer.ts";
export type { PebbleCheck, PebbleLayer, PebbleService } from "./render-layer.ts";
