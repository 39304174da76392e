import { quote } from "@orrery/databag";
import { identityLabels, isIdentityLabel } from "@orrery/topology";
import type { Topology } from "@orrery/topology";
import type { Scalar } from "../wire/wire-job.ts";
import type { JobReport } from "./job-report.ts";

/** The labels of a static config, with what they say of identity taken out of them. */
export interface TargetLabels {
  readonly labels: Readonly<Record<string, string>>;
  readonly identity?: Topology;
  readonly unit?: string;
}

/** Whose labels they are. */
export interface LabelOwner {
  readonly identity: Topology;
  /** The units that the other side has. */
  readonly units: readonly string[];
}

/** Takes a static config's labels, or reports why its targets are left out. */
export function readLabels(
  labels: Readonly<Record<string, Scalar>>,
  owner: LabelOwner,
  report: JobReport,
): TargetLabels | undefined {
  const own: [string, string][] = [];
  const claims: Record<string, string> = {};
  for (const [name, value] of Object.entries(labels)) {
    if (isIdentityLabel(name)) claims[name] = String(value);
    else if (!/^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) {
      report.leaveOut("SCRAPE_LABEL_REFUSED", `label ${quote(name)} is reserved or no label name`);
      return undefined;
    } else own.push([name, String(value)]);
  }
  const base = { labels: Object.fromEntries(own) };
  const { juju_unit: unit, ...rest } = claims;
  const truth: Readonly<Record<string, string>> = identityLabels(owner.identity);
  const foreign = Object.entries(rest).find(([name, value]) => truth[name] !== value && value !== "");
  if (report.scoping === "strict") {
    const wrong =
      foreign ??
      (unit !== undefined && !owner.units.includes(unit) ? (["juju_unit", unit] as const) : undefined);
    if (wrong) {
      report.leaveOut(
        "SCRAPE_LABEL_REFUSED",
        `label ${wrong[0]} claims ${quote(wrong[1])}, which is not this application's own`,
      );
      return undefined;
    }
  }
  return {
    ...base,
    ...(foreign === undefined ? {} : { identity: claimedIdentity(rest, owner.identity) }),
    ...(unit === undefined || unit === "" ? {} : { unit }),
  };
}

function claimedIdentity(claims: Readonly<Record<string, string>>, fallback: Topology): Topology {
  const {
    juju_model: model,
    juju_model_uuid: modelUuid,
    juju_application: application,
    juju_charm: charm,
  } = claims;
  const other = application !== undefined && application !== fallback.application;
  // The charm of a forwarder says nothing of the application that it speaks for.
  const known = charm ?? (other ? undefined : fallback.charm);
  return {
    model: model ?? fallback.model,
    modelUuid: modelUuid ?? fallback.modelUuid,
    application: application ?? fallback.application,
    ...(known === undefined ? {} : { charm: known }),
  };
}
