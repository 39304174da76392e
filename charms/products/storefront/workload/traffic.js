// The shop's own customers, so that there is something to see from the first second.
import * as http from "node:http";
import * as https from "node:https";

const VISITS = [
  { method: "GET", path: "/", share: 0.4 },
  { method: "GET", path: "/products", share: 0.3 },
  { method: "GET", path: "/products/orrery", share: 0.2 },
  { method: "POST", path: "/orders", share: 0.1 },
];

/** Visits the shop at a steady rate until the process ends; a visit that fails is the shop's to count, not ours. */
export function startTraffic({ host, port, requestsPerSecond, authority }) {
  if (!(requestsPerSecond > 0)) return;
  const ca = authority();
  const { Agent, request } = ca === undefined ? http : https;
  // A new authority comes with a new certificate, so what is trusted is read at each connection.
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  setInterval(() => {
    const { method, path } = choose();
    const visit = request({ host, port, path, method, agent, ca: authority(), timeout: 5000 }, (answer) =>
      answer.resume(),
    );
    visit.on("error", () => undefined);
    visit.on("timeout", () => visit.destroy());
    visit.end();
  }, 1000 / requestsPerSecond).unref();
}

function choose() {
  let left = Math.random();
  return VISITS.find(({ share }) => (left -= share) <= 0) ?? VISITS[0];
}
