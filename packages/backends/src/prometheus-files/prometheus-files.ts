import type { ForeignBackend } from "@orrery/charm";
import { readPrometheus } from "../prometheus/read/read-prometheus.ts";
import type { PrometheusFilesCapabilities } from "./capabilities.ts";
import { discover } from "./discover/discover.ts";
import { fileStore } from "./store/file-store.ts";

/**
 * The backend of Prometheus servers that somebody else runs, reached by files in one folder that their user names; 2.42 and newer.
 *
 * Connection: `url`, `directory`, and where it differs `server-directory`, the folder's path as the server sees it.
 */
export const prometheusFiles: ForeignBackend<PrometheusFilesCapabilities> = {
  name: "prometheus-files",
  place: ({ directory = "" }) => directory,
  discover,
  store: fileStore,
  read: readPrometheus,
};
