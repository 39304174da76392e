/** Asks backends whether what should be there is there. */
export {};
