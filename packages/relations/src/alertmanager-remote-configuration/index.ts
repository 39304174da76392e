/** Door alertmanager-remote-configuration. */
export {};
