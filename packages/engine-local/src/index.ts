/** One machine: SQLite, runit-supervised services, generations, sockets. */
export {};
