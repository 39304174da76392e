import { createServer } from "node:net";

/** What trying to listen on an address and port came to. */
export type PortProbe = "free" | "taken" | "no-address";

/** Tries to listen for a moment. */
export type ProbePort = (address: string, port: number) => Promise<PortProbe>;

/** The real {@link ProbePort}. Numbers that this user may not listen on count as taken. */
export const probePort: ProbePort = (address, port) =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code === "EADDRNOTAVAIL" ? "no-address" : "taken");
    });
    server.listen({ host: address, port, exclusive: true }, () => {
      server.close(() => resolve("free"));
    });
  });
