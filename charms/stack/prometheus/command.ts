import type { ConfigValues, ContainerContext } from "@orrery/charm";
import type { options } from "./options.ts";

/** How Prometheus is started: a change of any of it restarts it. */
export function command(
  container: ContainerContext,
  config: ConfigValues<typeof options>,
  web: {
    /** `host:port`. */
    readonly listen: string;
    /** File that says how the web port is served, relative to the container's folder. */
    readonly webConfig?: string;
  },
): readonly string[] {
  const size = config["maximum-retention-size"];
  return [
    container.program,
    `--config.file=${container.folder}/prometheus.yml`,
    `--storage.tsdb.path=${container.storage}`,
    `--storage.tsdb.retention.time=${config["metrics-retention-time"]}`,
    ...(size === undefined ? [] : [`--storage.tsdb.retention.size=${size}`]),
    `--web.listen-address=${web.listen}`,
    ...(web.webConfig === undefined ? [] : [`--web.config.file=${container.folder}/${web.webConfig}`]),
    "--web.enable-lifecycle",
    // An alert that fires before the first Alertmanager is known is lost until it is sent again, after a minute by default.
    "--rules.alert.resend-delay=10s",
    `--log.level=${config["log-level"]}`,
  ];
}
