// The shop: one process that serves pages, measures itself, and is its own customer.
import { mayScrape } from "./may-scrape.js";
import { register } from "./metrics.js";
import { shop } from "./shop.js";
import { authority, createServerFor } from "./tls.js";
import { startTraffic } from "./traffic.js";

const host = process.env["HOST"] ?? "127.0.0.1";
const port = Number(process.env["PORT"] ?? 8080);
const fault = process.env["FAULT"] ?? "none";
const tokens = process.env["METRICS_TOKENS"] ?? "";
const requestsPerSecond = Number(process.env["TRAFFIC"] ?? 10);

const server = createServerFor((request, response) => {
  if (request.url === "/metrics") {
    // A silent shop takes the connection and never answers: its process is up, and nobody learns anything from it.
    if (fault === "silence") return;
    if (!mayScrape(request, tokens)) {
      response.writeHead(401, { "www-authenticate": "Bearer" }).end();
      return;
    }
    register.metrics().then(
      (text) => response.writeHead(200, { "content-type": register.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
    return;
  }
  shop(request, response, fault);
});

server.listen(port, host, () => {
  console.log(JSON.stringify({ level: "info", message: "shop is open", host, port, fault }));
  startTraffic({ host, port, requestsPerSecond, authority });
});

for (const signal of ["SIGTERM", "SIGINT"]) {
  process.on(signal, () => {
    server.closeAllConnections();
    server.close(() => process.exit(0));
  });
}
