/** Pebble's plan format: the form in which charms say what their containers run. */
export type { Check, Service, ServiceAction } from "./plan.ts";
