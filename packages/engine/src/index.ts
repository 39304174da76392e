/** The deterministic core: model, commands, settling. */
export {};
