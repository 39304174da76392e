import { expect, test } from "vitest";
import { configuration } from "./configuration.ts";

const to = {
  version: "3.7.8",
  container: "loki",
  program: "/p/loki",
  folder: "/f",
  storage: "/s",
  address: "127.6.0.1",
  httpPort: 3100,
  grpcPort: 9095,
};
const settings = {
  retentionDays: 30,
  ingestionRateMb: 4,
  ingestionBurstMb: 15,
  maxLineKb: 256,
  maxStreams: 5000,
  diskFullPercent: 90,
  logLevel: "info",
  reporting: false,
} as const;
const of = { application: "loki" };

function main(...args: Parameters<typeof configuration>): unknown {
  return JSON.parse(configuration(...args).files["loki.json"]?.content ?? "");
}

function mark(content: unknown): unknown {
  return (content as { memberlist: unknown }).memberlist;
}

test("it listens where it was told to and nowhere else, and keeps everything in its storage", () => {
  expect(main(settings, to, of)).toMatchObject({
    server: {
      http_listen_address: "127.6.0.1",
      http_listen_port: 3100,
      grpc_listen_address: "127.6.0.1",
      grpc_listen_port: 9095,
    },
    common: {
      instance_addr: "127.6.0.1",
      path_prefix: "/s",
      storage: { filesystem: { chunks_directory: "/s/chunks" } },
    },
  });
});

test("lines are kept for the days that were told, or for ever", () => {
  expect(main(settings, to, of)).toMatchObject({
    compactor: { retention_enabled: true },
    limits_config: { retention_period: "720h" },
  });
  expect(main({ ...settings, retentionDays: 0 }, to, of)).toMatchObject({
    compactor: { retention_enabled: false },
    limits_config: { retention_period: "0h" },
  });
});

test("a version that does not know the disk's limit is not given it", () => {
  expect(main(settings, to, of)).toMatchObject({ ingester: { wal: { disk_full_threshold: 0.9 } } });
  expect(main(settings, { ...to, version: "3.6.2" }, of)).not.toHaveProperty(
    "ingester.wal.disk_full_threshold",
  );
});

test("Loki judges the file before it goes live, and is started again for it; each content has a mark of its own", () => {
  const { files, expectations } = configuration(settings, to, of);

  expect(files["loki.json"]).toMatchObject({
    onChange: "restart",
    check: { command: ["/p/loki", "-config.file={}", "-verify-config"] },
  });
  expect(expectations).toMatchObject([{ signal: "logs", kind: "ready", application: "loki" }]);
  expect(mark(main(settings, to, of))).toEqual({
    cluster_label: expect.stringMatching(/^orrery-loaded-[0-9a-f]{64}$/),
  });
  expect(mark(main({ ...settings, maxStreams: 1 }, to, of))).not.toEqual(mark(main(settings, to, of)));
});
