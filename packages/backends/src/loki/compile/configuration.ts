import type { Expectation, FileOutcome } from "@orrery/charm";
import { yamlJson } from "../../writing/yaml-json.ts";
import { hasMinor } from "../capabilities.ts";
import type { LokiCapabilities } from "../capabilities.ts";
import { limitsConfig } from "./limits-config.ts";
import { mark } from "./mark.ts";
import type { LokiSettings } from "./settings.ts";

/** A Loki's files, and what is expected of it itself. */
export interface LokiFiles {
  readonly files: Readonly<Record<string, FileOutcome>>;
  readonly expectations: readonly Expectation[];
}

/** Lines of the index before this day there are none; Loki wants one. */
const SCHEMA_FROM = "2024-01-01";
/** What is read back into memory at a start until it is written to disk. */
const REPLAY_MEMORY = "512MB";
/** Senders do not wait for a ring of one, nor its queries for a scheduler that is itself. */
const AT_ONCE = "0s";
const SCHEDULER_LOOKUP = "500ms";

/**
 * Makes `loki.json`, which is YAML to Loki: one process, files on disk, no tenants, a write-ahead log.
 *
 * Loki reads its configuration at its start alone, so a change of it calls for a restart.
 *
 * @param of - The application on whose account the server should be ready.
 * @see Grafana Loki 3.7, configuration parameters.
 */
export function configuration(
  settings: LokiSettings,
  to: LokiCapabilities,
  of: { readonly application: string },
): LokiFiles {
  const inMemory = { kvstore: { store: "inmemory" } };
  const main = {
    target: "all",
    auth_enabled: false,
    server: {
      http_listen_address: to.address,
      http_listen_port: to.httpPort,
      grpc_listen_address: to.address,
      grpc_listen_port: to.grpcPort,
      log_level: settings.logLevel,
    },
    common: {
      instance_addr: to.address,
      path_prefix: to.storage,
      replication_factor: 1,
      ring: inMemory,
      storage: {
        filesystem: {
          chunks_directory: `${to.storage}/chunks`,
          rules_directory: `${to.folder}/rules`,
        },
      },
    },
    schema_config: {
      configs: [
        {
          from: SCHEMA_FROM,
          store: "tsdb",
          object_store: "filesystem",
          schema: "v13",
          index: { prefix: "index_", period: "24h" },
        },
      ],
    },
    ingester: {
      lifecycler: { min_ready_duration: AT_ONCE, final_sleep: AT_ONCE },
      wal: {
        replay_memory_ceiling: REPLAY_MEMORY,
        ...(hasMinor(to.version, 7) ? { disk_full_threshold: settings.diskFullPercent / 100 } : {}),
      },
    },
    frontend: { scheduler_dns_lookup_period: SCHEDULER_LOOKUP },
    // Without retention nothing is ever deleted, whatever period the limits say.
    compactor: { retention_enabled: settings.retentionDays > 0, delete_request_store: "filesystem" },
    limits_config: limitsConfig(settings),
    analytics: { reporting_enabled: settings.reporting },
  };
  return {
    files: {
      "loki.json": {
        content: `${yamlJson({ ...main, memberlist: mark(main) }, 1)}\n`,
        onChange: "restart",
        check: { command: [to.program, "-config.file={}", "-verify-config"] },
      },
    },
    expectations: [
      { signal: "logs", kind: "ready", name: "loki", application: of.application, container: to.container },
    ],
  };
}
