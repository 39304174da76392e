import * as fc from "fast-check";
import { expect, test } from "vitest";
import { hideCredentials } from "./hide-credentials.ts";

test("credentials that the field's charms write into bags are left out, and all else is shown as it was written", () => {
  const jobs = '[{"metrics_path": "/metrics", "basic_auth": {"username": "me", "password": "canary-1"}}]';
  const config = JSON.stringify({
    receivers: [
      {
        name: "a",
        webhook_configs: [{ url: "http://a/canary-2" }],
        slack_configs: [{ api_url: "http://b/canary-3" }],
      },
      { name: "b", pagerduty_configs: [{ routing_key: "canary-4", url: "https://events.example" }] },
    ],
  });
  const shown = hideCredentials({
    scrape_jobs: jobs,
    alertmanager_config: config,
    password: "canary-5",
    untouched: '[{"targets": ["*:80"]}]',
    broken: "{[",
  });

  expect(JSON.stringify(shown)).not.toContain("canary");
  expect(shown).toMatchObject({ password: "*****", untouched: '[{"targets": ["*:80"]}]', broken: "{[" });
  expect(shown["scrape_jobs"]).toContain('"username":"me"');
  expect(shown["alertmanager_config"]).toContain("https://events.example");
});

test("references to secrets are shown", () => {
  const bag = { scrape_jobs: '[{"authorization":{"credentials":"secret:abcdefghij0123456789"}}]' };
  expect(hideCredentials(bag)).toEqual(bag);
});

test("whatever is in a bag, showing it neither fails nor changes what holds no credential", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-f]{1,5}$/), fc.json()), (bag) => {
      expect(Object.keys(hideCredentials(bag))).toEqual(Object.keys(bag));
    }),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-f]{1,5}$/), fc.string()), (value) => {
      const bag = { text: JSON.stringify(value, undefined, 1) };
      expect(hideCredentials(bag)).toEqual(bag);
    }),
  );
});
