import { SCRAPE_LIMITS } from "@orrery/backends/prometheus";
import {
  compileShare,
  joinShares,
  prometheusFiles,
  readCapabilities,
} from "@orrery/backends/prometheus-files";
import type { FilesTarget } from "@orrery/backends/prometheus-files";
import { defineCharm, externalMark, perRelation } from "@orrery/charm";
import type { ExternalOutcome } from "@orrery/charm";
import * as scrape from "@orrery/relations/prometheus-scrape";
import { options } from "./options.ts";
import { readAdopt } from "./read-adopt.ts";
import { digestsOf, summarise } from "./summarise.ts";

/** The server's name among what the charm wants of foreign systems. */
const SYSTEM = "target";

export default defineCharm({
  name: "external-prometheus",
  summary:
    "A Prometheus that somebody else runs: scrapes and watches what is related to it, by files in one folder.",
  config: options,
  endpoints: {
    "metrics-endpoint": scrape.requirer({
      optional: true,
      description: "What is scraped, and the rules for it.",
    }),
  },
  reconcile({ config, derive, endpoints, external, self }) {
    const found = external[SYSTEM];
    const capabilities = found?.known ? found.capabilities : undefined;
    const to = derive(
      "target",
      [JSON.stringify(capabilities), ...Object.values(config)],
      (): FilesTarget | undefined => {
        const known = readCapabilities(capabilities);
        return (
          known && {
            capabilities: known,
            mark: externalMark({
              modelUuid: self.topology.modelUuid,
              application: self.topology.application,
              name: SYSTEM,
            }),
            system: SYSTEM,
            ruleScoping: config["rule-scoping"],
            limits: { ...SCRAPE_LIMITS, samples: config["sample-limit"] },
            labelPrefix: config["label-prefix"],
            adopt: readAdopt(config.adopt),
          }
        );
      },
    );
    const related = endpoints["metrics-endpoint"];
    const shares = derive.each("shares", { of: related, from: [to] }, ({ key, value }) =>
      to ? compileShare(key, value, to) : undefined,
    );
    const all = [...shares.values()].filter((one) => one !== undefined);
    const share = derive("all", [to, ...all], () => (to ? joinShares(all) : undefined));
    const digests = derive("digests", [share], () => digestsOf(share?.objects ?? {}));
    const feedback = related.relations.map(({ key, problems }) => {
      return [key, scrape.feedback([...problems, ...(shares.get(key)?.losses ?? [])])] as const;
    });
    const given = {
      url: config.url.replace(/\/+$/, ""),
      directory: config.directory,
      "server-directory": config["server-directory"],
      "ca-certificate": config["ca-certificate"],
    };
    const connection = Object.fromEntries(Object.entries(given).filter(([, text]) => text !== ""));
    const wanted: ExternalOutcome = {
      backend: prometheusFiles.name,
      connection,
      ...(config.token === undefined ? {} : { credentials: config.token }),
      ...(share ? { objects: share.objects, losses: share.losses } : {}),
    };
    return {
      external: config.url === "" ? {} : { [SYSTEM]: wanted },
      publish: { "metrics-endpoint": perRelation(new Map(feedback)) },
      problems: (share?.losses ?? []).filter(({ severity }) => severity === "error"),
      expectations: share?.expectations ?? [],
      status: summarise(found, share, digests),
    };
  },
});
