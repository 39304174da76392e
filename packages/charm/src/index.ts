/** defineCharm: a charm is a function from what it sees to what it wants. */
export {};
