import type { Origin, Problem } from "@orrery/problems";
import type { RenderedRuleGroup } from "@orrery/rules";
import type { Topology } from "@orrery/topology";

/**
 * All that one contributor emits, in no monitoring system's terms: the neutral model.
 *
 * Declarations compile to it, relation libraries carry it, backends compile from it. It is plain JSON.
 */
export interface Telemetry {
  /** The application that emits; no unit. */
  readonly identity: Topology;
  /** Who answers for it. */
  readonly owner?: string;
  readonly scrapes: readonly ScrapeJob[];
  /** Rules in Prometheus's own form, parameters bound; readers scope them again and never trust them. */
  readonly ruleGroups: readonly RenderedRuleGroup[];
}

/** One way to scrape a product. */
export interface ScrapeJob {
  /** The author's name for it; `""` when there is one only. */
  readonly name: string;
  /** URL path, `/metrics` as a rule. */
  readonly path: string;
  readonly scheme: "http" | "https";
  /** Prometheus duration; the scraper's own interval when absent. */
  readonly interval?: string;
  /** Prometheus duration, at most the interval. */
  readonly timeout?: string;
  /** URL parameters, each with its values. */
  readonly params?: Readonly<Record<string, readonly string[]>>;
  /** Refuse a scrape that yields more samples than this; the scraper sets its own limit when absent. */
  readonly sampleLimit?: number;
  readonly relabelings?: readonly Relabeling[];
  readonly metricRelabelings?: readonly Relabeling[];
  readonly authorization?: Authorization;
  readonly tls?: ScrapeTls;
  readonly targets: readonly ScrapeTarget[];
  readonly origin: Origin;
}

/** One thing to scrape. */
export interface ScrapeTarget {
  /** `host:port`; `*:port` stands for each unit of the application until a reader has expanded it. */
  readonly address: string;
  /** The unit that answers there, where known. */
  readonly unit?: string;
  /** Path prefix of that unit, such as an ingress path; `""` when none. */
  readonly pathPrefix?: string;
  /** Whose it is, where a forwarder speaks for several applications; the contributor's own when absent. */
  readonly identity?: Topology;
  /** Labels of the author's; identity labels are never among them. */
  readonly labels: Readonly<Record<string, string>>;
}

/** One step of relabelling, as Prometheus has it. @see Prometheus 3.x, configuration reference, `relabel_config`. */
export interface Relabeling {
  readonly sourceLabels?: readonly string[];
  readonly separator?: string;
  readonly targetLabel?: string;
  readonly regex?: string;
  readonly modulus?: number;
  readonly replacement?: string;
  readonly action?: string;
}

/** Credentials for a scrape. Ours are references to secrets; foreign charms send them inline, which is reported. */
export type Authorization =
  | { readonly kind: "basic"; readonly username: string; readonly password: Credential }
  | { readonly kind: "bearer"; readonly type: string; readonly credentials: Credential };

/** A secret by reference, or one that a foreign charm sent in clear. */
export type Credential = SecretReference | { readonly inline: string };

/** A secret by its URI, and the key under which it holds what is meant; one that holds a single text needs none. */
export interface SecretReference {
  readonly secret: string;
  readonly key?: string;
}

/** How a scraper verifies its target. */
export interface ScrapeTls {
  /** PEM certificates that the target's certificate must lead to. */
  readonly ca?: string;
  readonly serverName?: string;
  readonly insecureSkipVerify?: boolean;
}

/** A value together with what was wrong with the parts that it lacks. */
export interface Decoded<Value> {
  readonly value: Value;
  readonly problems: readonly Problem[];
}
