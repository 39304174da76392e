/** Stands for what is usual where an address to listen on is asked for: a loopback address of its own for each unit. */
export const LOOPBACK = "loopback";
