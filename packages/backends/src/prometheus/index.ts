/** Door prometheus. */
export {};
