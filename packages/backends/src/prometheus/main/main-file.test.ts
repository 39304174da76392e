import { expect, test } from "vitest";
import { mainFile } from "./main-file.ts";

const shared = { scrapeInterval: "1m", scrapeTimeout: "10s", evaluationInterval: "1m", alertmanagers: [] };
const on = { container: "prometheus", promtool: "promtool" };

const at = (scheme: "http" | "https", address: string, pathPrefix: string) => ({
  url: `${scheme}://${address}${pathPrefix}`,
  scheme,
  address,
  pathPrefix,
  application: "alertmanager",
});

test("alerts go to each Alertmanager once, by scheme and path", () => {
  const alertmanagers = [
    at("http", "b:9093", ""),
    at("http", "a:9093", ""),
    at("http", "a:9093", ""),
    at("https", "c:443", "/p"),
  ];
  const { file, expectations } = mainFile({ ...shared, alertmanagers }, [], on);

  expect(JSON.parse(file.content)).toMatchObject({
    alerting: {
      alertmanagers: [
        { scheme: "http", static_configs: [{ targets: ["a:9093", "b:9093"] }] },
        { scheme: "https", path_prefix: "/p", static_configs: [{ targets: ["c:443"] }] },
      ],
    },
  });
  expect(expectations.map(({ match }) => match?.["url"])).toEqual([
    "http://a:9093/api/v2/alerts",
    "http://b:9093/api/v2/alerts",
    "https://c:443/p/api/v2/alerts",
  ]);
});

test("a timeout past the interval, which no server would load, is the interval", () => {
  const { file } = mainFile({ ...shared, scrapeInterval: "5s" }, [], on);

  expect(JSON.parse(file.content)).toMatchObject({ global: { scrape_interval: "5s", scrape_timeout: "5s" } });
});

test("a job is a line of its own", () => {
  const jobs = ["a", "b", "c"].map((name) => ({ job_name: name }));
  const all = mainFile(shared, jobs, on).file.content.split("\n");
  const less = mainFile(shared, jobs.slice(0, 2), on).file.content.split("\n");

  expect(all.filter((line) => !less.includes(line))).toEqual([',{"job_name":"c"}']);
  expect(less.filter((line) => !all.includes(line))).toEqual([]);
});
