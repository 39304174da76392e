// How the shop shows who it is: by http, or by https with the files of the folder that TLS names.
import { readFileSync } from "node:fs";
import { createServer as createPlain } from "node:http";
import { createServer } from "node:https";

const folder = process.env["TLS"];

function files() {
  const [key, cert] = ["key.pem", "chain.pem"].map((name) => readFileSync(`${folder}/${name}`));
  return { key, cert };
}

/** Makes the shop's server. A new certificate is taken at a hangup signal: connections that stand go on, new ones get it. */
export function createServerFor(handler) {
  if (folder === undefined) return createPlain(handler);
  const server = createServer(files(), handler);
  process.on("SIGHUP", () => server.setSecureContext(files()));
  return server;
}

/** How the shop's own customers reach it: by whom they know it, where it has a certificate. */
export function authority() {
  return folder === undefined ? undefined : readFileSync(`${folder}/ca.pem`);
}
