import { expect, test } from "vitest";
import { configuration } from "./configuration.ts";

const to = { version: "0.31.1", container: "alertmanager", folder: "/f", amtool: "amtool" };
const own = { groupWait: "5s", groupInterval: "30s", repeatInterval: "1h" };
const of = { application: "alertmanager" };

function main(...args: Parameters<typeof configuration>): unknown {
  return JSON.parse(configuration(...args).files["alertmanager.yml"]?.content ?? "");
}

test("where nobody says where alerts go, they are kept, and no delivery is expected", () => {
  expect(main(own, to, of)).toEqual({
    route: {
      receiver: "placeholder",
      group_by: ["alertname", "juju_application", "juju_model", "juju_model_uuid"],
      group_wait: "5s",
      group_interval: "30s",
      repeat_interval: "1h",
    },
    receivers: [{ name: "placeholder" }, { name: expect.stringMatching(/^orrery-loaded-[0-9a-f]{64}$/) }],
  });
  expect(configuration(own, to, of).expectations).toEqual([]);
});

test("a webhook's address lies in a file that Alertmanager alone reads", () => {
  const { files, expectations } = configuration({ ...own, webhookUrl: "http://127.9.0.1/s3cret" }, to, of);
  const secret = Object.entries(files).find(([path]) => path.startsWith("secrets/"));

  expect(files["alertmanager.yml"]?.content).not.toContain("s3cret");
  expect(files["alertmanager.yml"]?.content).toContain(`/f/${secret?.[0]}`);
  expect(secret?.[1]).toMatchObject({ content: "http://127.9.0.1/s3cret", mode: "0600" });
  expect(expectations).toMatchObject([
    { kind: "delivery", match: { receiver: "orrery-webhook", integration: "webhook" } },
  ]);
});

test("a version that cannot read the address from a file gets it in the main file, which is its own to read", () => {
  const { files } = configuration(
    { ...own, webhookUrl: "http://127.9.0.1/" },
    { ...to, version: "0.25.0" },
    of,
  );

  expect(files["alertmanager.yml"]).toMatchObject({
    mode: "0600",
    content: expect.stringContaining("127.9.0.1"),
  });
});

test("a remote configuration is used as it is, grouped by application, and our webhook is told as well", () => {
  const remote = {
    route: {
      receiver: "people",
      group_by: ["cluster"],
      group_wait: "1m",
      routes: [{ receiver: "people", matchers: ["a=b"] }],
    },
    receivers: [{ name: "people", slack_configs: [{ api_url: "https://hooks/x" }], pagerduty_configs: [] }],
    templates: ["{{ define }}"],
  };
  const made = main({ ...own, remote, webhookUrl: "http://127.9.0.1/", heartbeatInterval: "10s" }, to, of);

  expect(made).toMatchObject({
    route: {
      receiver: "people",
      group_by: ["cluster", "juju_application", "juju_model", "juju_model_uuid"],
      group_wait: "1m",
      group_interval: "30s",
      routes: [
        {
          receiver: "orrery-webhook",
          matchers: ['alertname="Watchdog"'],
          group_interval: "10s",
          continue: true,
        },
        { receiver: "people", matchers: ['alertname="Watchdog"'], group_interval: "10s" },
        { receiver: "orrery-webhook", continue: true },
        { receiver: "people", matchers: ["a=b"] },
      ],
    },
    receivers: [
      { name: "people", slack_configs: [{ api_url_file: expect.stringContaining("/f/secrets/") }] },
      { name: "orrery-webhook" },
      { name: expect.stringMatching(/^orrery-loaded-/) },
    ],
    templates: [expect.stringMatching(/^templates\/[0-9a-f]{64}\.tmpl$/)],
  });
});

test("a configuration that groups by everything stays so", () => {
  const remote = { route: { receiver: "r", group_by: ["..."] }, receivers: [{ name: "r" }] };

  expect(main({ ...own, remote }, to, of)).toMatchObject({ route: { group_by: ["..."] } });
});
