import type { Reader } from "@orrery/charm";
import { confirmAlertmanager } from "./read/confirm-alertmanager.ts";
import { Deliveries } from "./read/deliveries.ts";
import { readAlertmanager } from "./read/read-alertmanager.ts";

/** The backend of Alertmanagers that are configured by files; 0.25 and newer. It takes no telemetry: `configuration` makes its files. */
export interface AlertmanagerBackend extends Reader {
  readonly name: "alertmanager";
}

const deliveries = new Deliveries();

/** Asks an Alertmanager whether what it is sent gets where it should. */
export const alertmanager: AlertmanagerBackend = {
  name: "alertmanager",
  read: async (url, expectations, http) => await readAlertmanager(url, { expectations, deliveries }, http),
  confirm: confirmAlertmanager,
};
