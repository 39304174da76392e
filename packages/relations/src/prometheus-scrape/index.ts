/** Door prometheus-scrape. */
export {};
