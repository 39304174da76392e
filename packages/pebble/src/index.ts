/** Pebble's plan format: services and checks. */
export {};
