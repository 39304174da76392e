import assert from "node:assert/strict";
import { test } from "node:test";
import { runCharm, testCharm } from "@orrery/charm-testing";

const charm = await testCharm(import.meta.dirname);

test("it measures where the host tells it to", () => {
  const run = runCharm(charm, { config: { celsius: 21.5 } });

  assert.deepEqual(run.container("station").services["station"]?.environment, {
    HOST: "127.0.0.2",
    PORT: "8000",
    CELSIUS: "21.5",
  });
  assert.equal(run.status, "active: 21.5 °C");
});

test("its rule goes to whom it is related to, with the operator's threshold", () => {
  const run = runCharm(charm, {
    config: { "weather-station-too-hot-threshold": 30 },
    relations: [{ endpoint: "metrics-endpoint" }],
  });

  assert.deepEqual(run.codes, []);
  assert.match(run.published("metrics-endpoint").application?.["alert_rules"] ?? "", /> 30/);
});
