// Takes Alertmanager's notifications, keeps them, and shows them again.
import { createServer } from "node:http";
import { Journal } from "./journal.js";

const host = process.env["HOST"] ?? "127.0.0.1";
const port = Number(process.env["PORT"] ?? 9095);
const MAX_BODY_BYTES = 4 * 1024 * 1024;

const journal = new Journal(process.env["STORAGE"] ?? ".");
const counts = { received: 0, refused: 0 };

const server = createServer((request, response) => {
  if (request.method === "POST" && request.url === "/notify") return take(request, response);
  if (request.method === "GET" && request.url === "/notifications")
    return answer(response, 200, journal.all());
  if (request.method === "GET" && request.url === "/metrics") {
    return response.writeHead(200, { "content-type": "text/plain; version=0.0.4" }).end(metrics());
  }
  return answer(response, 404, { error: "no such page; POST /notify, GET /notifications, GET /metrics" });
});

function take(request, response) {
  const chunks = [];
  let size = 0;
  request.on("data", (chunk) => {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) request.destroy();
    else chunks.push(chunk);
  });
  request.on("end", () => {
    try {
      const { alerts } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
      const at = new Date().toISOString();
      journal.add(
        alerts.map(({ status, labels, annotations, startsAt, endsAt }) => ({
          at,
          status,
          labels,
          annotations,
          startsAt,
          endsAt,
        })),
      );
      counts.received += alerts.length;
      answer(response, 200, { kept: alerts.length });
    } catch (error) {
      counts.refused += 1;
      answer(response, 400, { error: `not a notification of Alertmanager's: ${error.message}` });
    }
  });
}

function metrics() {
  return [
    "# HELP webhook_receiver_alerts_total Alerts taken from notifications.",
    "# TYPE webhook_receiver_alerts_total counter",
    `webhook_receiver_alerts_total ${counts.received}`,
    "# HELP webhook_receiver_refused_total Notifications that could not be read or kept.",
    "# TYPE webhook_receiver_refused_total counter",
    `webhook_receiver_refused_total ${counts.refused}`,
    "",
  ].join("\n");
}

function answer(response, status, body) {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

server.listen(port, host);
for (const signal of ["SIGTERM", "SIGINT"]) {
  process.on(signal, () => {
    server.closeAllConnections();
    server.close(() => process.exit(0));
  });
}
