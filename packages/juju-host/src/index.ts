/** Our charms under real Juju: what runs them there, and packing. */
export {};
