import { problem } from "@orrery/problems";
import type { Origin, Problem } from "@orrery/problems";
import { checkDeclaration } from "./check-declaration.ts";
import type { DeclaredAuthorization, MetricsDeclaration } from "./declaration.ts";
import type { Authorization, Decoded, ScrapeJob, ScrapeTarget } from "./model.ts";
import { formatTargetAddress, parseTargetAddress } from "./target-address.ts";

/** One address at which several units of an application answer. */
export interface SharedAddress {
  readonly address: string;
  /** Numbers of the charm's named ports, by unit. */
  readonly ports: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** What turns declared endpoints into scrape jobs. */
export interface ScrapeBindings {
  readonly application: string;
  readonly metrics: readonly MetricsDeclaration[];
  /** Numbers of the charm's named ports. */
  readonly ports: Readonly<Record<string, number>>;
  /** Where the application's units share an address. */
  readonly shared?: SharedAddress;
  /** Where the product answers, `host:port` or a bare host, when it is not the application's own units. */
  readonly targets?: readonly string[];
}

/** An endpoint whose port has become a number. */
interface Endpoint {
  readonly metrics: MetricsDeclaration;
  readonly port: number;
  readonly origin: Origin;
}

/** Turns declared endpoints into scrape jobs; one that cannot be is left out and reported, alone. */
export function bindScrapes(bindings: ScrapeBindings): Decoded<readonly ScrapeJob[]> {
  const problems: Problem[] = [];
  const endpoints: Endpoint[] = [];
  const faults = checkDeclaration({ product: "product", metrics: bindings.metrics });
  for (const [index, metrics] of bindings.metrics.entries()) {
    const origin = {
      application: bindings.application,
      ...(metrics.job === undefined ? { index } : { item: metrics.job }),
    };
    const own = faults.filter(({ path }) => path[0] === "metrics" && path[1] === index);
    problems.push(...own.map(({ message }) => problem("TELEMETRY_INVALID", { message, origin })));
    if (own.length > 0) continue;
    const port = typeof metrics.port === "number" ? metrics.port : bindings.ports[metrics.port];
    if (port === undefined) {
      const known = Object.keys(bindings.ports).join(", ") || "none";
      problems.push(
        problem("TELEMETRY_UNKNOWN_PORT", {
          message: `port ${metrics.port} is not one of the charm's: ${known}`,
          origin,
        }),
      );
    } else endpoints.push({ metrics, port, origin });
  }
  const given =
    bindings.targets === undefined ? undefined : assign(bindings.targets, endpoints, bindings.application);
  const value = endpoints.map((endpoint) =>
    scrapeJob(endpoint, given ? (given.value.get(endpoint) ?? []) : unitsOwn(endpoint, bindings.shared)),
  );
  return { value, problems: [...problems, ...(given?.problems ?? [])] };
}

/** A wildcard stands for every unit, whose ports are the same; where they differ, each unit is named with its own. */
function unitsOwn({ metrics, port }: Endpoint, shared: SharedAddress | undefined): readonly Target[] {
  const name = metrics.port;
  if (shared === undefined || typeof name === "number") return [{ address: `*:${port}` }];
  return Object.entries(shared.ports).flatMap(([unit, ports]) => {
    const own = ports[name];
    if (own === undefined) return [];
    return [{ address: formatTargetAddress({ host: shared.address, port: own }), unit }];
  });
}

/** Gives each target to the endpoint with its port, a bare host to each, and any port to the one endpoint that there is. */
function assign(
  targets: readonly string[],
  endpoints: readonly Endpoint[],
  application: string,
): Decoded<ReadonlyMap<Endpoint, readonly Target[]>> {
  const value = new Map<Endpoint, Target[]>(endpoints.map((endpoint) => [endpoint, []]));
  const problems: Problem[] = [];
  for (const text of targets) {
    const address = parseTargetAddress(text.trim());
    const said = `target ${JSON.stringify(text.slice(0, 80))}`;
    if ("refused" in address) {
      problems.push(
        problem("TELEMETRY_TARGET_INVALID", {
          message: `${said} ${address.refused}`,
          origin: { application },
        }),
      );
      continue;
    }
    const fits = endpoints.filter(
      ({ port }) => endpoints.length === 1 || address.port === undefined || address.port === port,
    );
    if (fits.length === 0) {
      const ports = endpoints.map(({ port }) => port).join(", ") || "none";
      const message = `${said} has a port that no endpoint declares: ${ports}`;
      problems.push(problem("TELEMETRY_TARGET_INVALID", { message, origin: { application } }));
    }
    for (const endpoint of fits) {
      const target = formatTargetAddress({ port: endpoint.port, ...address });
      const known = value.get(endpoint);
      if (known?.every((one) => one.address !== target)) known.push({ address: target });
    }
  }
  return { value, problems };
}

/** Where to scrape, and whom, where that is known. */
type Target = Pick<ScrapeTarget, "address" | "unit">;

function scrapeJob({ metrics, origin }: Endpoint, targets: readonly Target[]): ScrapeJob {
  const { job, path, scheme, interval, timeout, labels = {}, sampleLimit, authorization } = metrics;
  return {
    name: job ?? "",
    path: path ?? "/metrics",
    scheme: scheme ?? "http",
    ...(interval === undefined ? {} : { interval }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(sampleLimit === undefined ? {} : { sampleLimit }),
    ...(authorization === undefined ? {} : { authorization: authorizationOf(authorization) }),
    targets: targets.map((target): ScrapeTarget => ({ ...target, labels })),
    origin,
  };
}

function authorizationOf(declared: DeclaredAuthorization): Authorization {
  return declared.kind === "basic" ? declared : { type: "Bearer", ...declared };
}
