/** How an Alertmanager should behave, from its own options and from whom it is related to. */
export interface AlertmanagerSettings {
  /** Where each notification is posted, beside what the remote configuration says. */
  readonly webhookUrl?: string;
  /** Prometheus durations, used where the remote configuration does not say. */
  readonly groupWait: string;
  readonly groupInterval: string;
  readonly repeatInterval: string;
  /** How often the always-firing alert is delivered, which proves the way; absent: like any other alert. */
  readonly heartbeatInterval?: string;
  readonly remote?: RemoteConfiguration;
}

/** Alertmanager's own configuration, by its top-level keys, as another application gave it; files and paths are never in it. */
export interface RemoteConfiguration {
  readonly global?: Readonly<Record<string, unknown>>;
  readonly route?: Readonly<Record<string, unknown>>;
  readonly receivers?: readonly unknown[];
  readonly inhibit_rules?: readonly unknown[];
  readonly time_intervals?: readonly unknown[];
  readonly mute_time_intervals?: readonly unknown[];
  /** Contents of template files. */
  readonly templates?: readonly string[];
}
