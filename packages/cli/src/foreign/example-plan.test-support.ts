import type { ExternalPlan } from "@orrery/engine";
import { problem } from "@orrery/problems";

const mark = "orrery 00000000-0000-4000-8000-000000000000/prometheus-external/target";
const MARK = `# ${mark}\n`;

/** A plan with something of everything. */
export const examplePlan: ExternalPlan = {
  application: "prometheus-external",
  backend: "prometheus-files",
  connection: { url: "http://prometheus:9090", directory: "/etc/prometheus/orrery.d" },
  mark,
  known: true,
  facts: [
    ["product", "Prometheus 3.16.0"],
    ["runs", "on this machine"],
  ],
  objects: {
    "rules-a.yml": { stage: "rules", content: `${MARK}groups: []\n` },
    "sd-a.yml": { stage: "targets", content: `${MARK}[]\n` },
  },
  changes: [
    {
      key: "rules-a.yml",
      action: "change",
      stage: "rules",
      contributor: "metrics-endpoint-1",
      summary: "7 rules",
      before: `${MARK}groups: [old]\n`,
      after: `${MARK}groups: []\n`,
    },
    { key: "rules-b.yml", action: "remove", stage: "rules", before: `${MARK}gone\n` },
    {
      key: "sd-a.yml",
      action: "create",
      stage: "targets",
      contributor: "metrics-endpoint-1",
      summary: "1 target",
      after: `${MARK}[]\n`,
    },
  ],
  drift: [{ key: "rules-a.yml", how: "changed" }],
  unchanged: 3,
  problems: [problem("EXTERNAL_CONFIG_REFUSED", { message: "server refused its own configuration" })],
  losses: [
    problem("EXTERNAL_ADOPTED", { message: "server scrapes shop already", severity: "info" }),
    problem("EXTERNAL_JOB_NOT_CARRIED", { message: "scrape job x needs a credential" }),
  ],
};
