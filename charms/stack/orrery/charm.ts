import { active, defineCharm } from "@orrery/charm";
import { observable } from "@orrery/observability";
import { orrery } from "./telemetry.ts";

/** The engine as an application of its own model: its host answers on the port, so that there is nothing to run. */
export default defineCharm({
  name: "orrery",
  summary: "The engine itself, related and observed like any other application.",
  ports: { metrics: { prefer: 9464 } },
  endpoints: { ...observable(orrery) },
  telemetry: orrery,
  reconcile: () => ({ status: active() }),
});
