// What the shop sells, and how a request becomes an answer.
import { capacity, duration, inFlight, orders, requests } from "./metrics.js";

const CAPACITY = 50;
capacity.set(CAPACITY);

const ROUTES = [
  { method: "GET", path: /^\/$/, route: "/", answer: () => ({ shop: "storefront", products: "/products" }) },
  {
    method: "GET",
    path: /^\/products$/,
    route: "/products",
    answer: () => ["orrery", "astrolabe", "sextant"],
  },
  {
    method: "GET",
    path: /^\/products\/\w+$/,
    route: "/products/:name",
    answer: (url) => ({ name: url.slice(10), pieces: 7 }),
  },
  { method: "POST", path: /^\/orders$/, route: "/orders", answer: () => ({ order: "accepted" }) },
];

/** Answers one request, slower or wrongly when a fault is asked for. */
export function shop(request, response, fault) {
  const started = process.hrtime.bigint();
  const url = new URL(request.url ?? "/", "http://shop").pathname;
  const found = ROUTES.find((one) => one.method === request.method && one.path.test(url));
  const route = found?.route ?? "unknown";
  inFlight.inc();
  request.resume();
  // 2 to 20 ms of work; a latency fault makes it 0.6 to 1.2 s for nine of ten requests.
  const slow = fault === "latency" && Math.random() < 0.9;
  const delayMs = slow ? 600 + Math.random() * 600 : 2 + Math.random() * 18;
  setTimeout(() => {
    const broken = fault === "errors" && Math.random() < 0.4;
    const status = broken ? 500 : found ? 200 : 404;
    const body = broken
      ? { error: "the till is stuck" }
      : found
        ? found.answer(url)
        : { error: "no such page" };
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (route === "/orders") orders.inc({ outcome: broken ? "failed" : "placed" });
    requests.inc({ route, method: request.method ?? "GET", status: String(status) });
    duration.observe(
      { route, method: request.method ?? "GET" },
      Number(process.hrtime.bigint() - started) / 1e9,
    );
    inFlight.dec();
  }, delayMs);
}
