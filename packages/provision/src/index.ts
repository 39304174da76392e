/** Find, unpack, build or download the programs that charms run. */
export {};
