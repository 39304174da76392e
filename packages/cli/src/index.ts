/** The orrery command. */
export {};
