/** Folder under which a packed charm keeps things that outlive a hook; the same in containers and on machines. */
export const STATE = "/var/lib/orrery";
