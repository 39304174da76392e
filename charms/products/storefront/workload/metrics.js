// Rate, errors and duration of requests, and how full the shop is.
import { Counter, Gauge, Histogram, Registry } from "prom-client";

export const register = new Registry();

export const requests = new Counter({
  name: "shop_http_requests_total",
  help: "Requests answered, by route, method and status.",
  labelNames: ["route", "method", "status"],
  registers: [register],
});

export const duration = new Histogram({
  name: "shop_http_request_duration_seconds",
  help: "Time from a request's arrival to its answer.",
  labelNames: ["route", "method"],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  registers: [register],
});

export const inFlight = new Gauge({
  name: "shop_http_requests_in_flight",
  help: "Requests that wait for their answer.",
  registers: [register],
});

export const capacity = new Gauge({
  name: "shop_http_requests_capacity",
  help: "Requests that the shop can work on at once.",
  registers: [register],
});

export const orders = new Counter({
  name: "shop_orders_total",
  help: "Orders placed, by outcome.",
  labelNames: ["outcome"],
  registers: [register],
});
