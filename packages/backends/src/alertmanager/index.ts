/** Door alertmanager. */
export {};
