/** Door alertmanager-dispatch. */
export {};
