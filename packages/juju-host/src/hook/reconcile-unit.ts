import type { Outcome } from "@orrery/charm";
import { effectiveStatus } from "../outcome/effective-status.ts";
import { keepGrants } from "../outcome/keep-secrets.ts";
import { reportProblems } from "../outcome/report-problems.ts";
import { setPorts } from "../outcome/set-ports.ts";
import { writeBags } from "../outcome/write-bags.ts";
import { saveState } from "../state/unit-state.ts";
import { setStatus, setWorkloadVersion } from "../tools/unit-tools.ts";
import type { Host } from "./host.ts";
import { UnitRun } from "./unit-run.ts";

/**
 * Makes true what the charm wants for what the unit sees now, whatever the hook is about.
 *
 * @throws OrreryError when the charm fails or Juju refuses something: the hook must fail then, so that nothing of it is kept.
 */
export async function reconcileUnit(host: Host): Promise<void> {
  const run = await UnitRun.begin(host);
  if (run) await finish(host, run);
  else await setStatus(host.tools, { status: "waiting", message: "for an address" });
}

/** Settles a unit and writes down what came of it. */
export async function finish({ tools, charm }: Host, run: UnitRun): Promise<void> {
  const outcome = await run.settle();
  const { bags, ownSecrets, observed, seen } = run.parts;
  const { relations, leader, state } = seen;
  await writeBags(tools, relations, bags);
  const grants = await keepGrants(outcome.secrets, {
    tools,
    leader,
    own: ownSecrets,
    granted: state.grants,
    relations: new Set(relations.map(({ id }) => id)),
  });
  await setPorts(tools, charm.manifest, { opened: seen.openedPorts, wanted: outcome.openedPorts });
  const workloadVersion = versionOf(outcome, run) ?? state.workloadVersion;
  if (workloadVersion !== state.workloadVersion) await setWorkloadVersion(tools, workloadVersion);
  const status = effectiveStatus({ outcome, observed, hindrances: run.hindrances });
  if (status) await setStatus(tools, status);
  const told = await reportProblems(tools, run.problems, state.told);
  const { deadlines } = outcome;
  await saveState(tools, { before: state, after: { deadlines, grants, told, workloadVersion } });
}

/** The version of the first program that the unit runs and that tells one. */
function versionOf({ containers }: Outcome, run: UnitRun): string | undefined {
  return Object.keys(containers)
    .map((name) => run.parts.placed[name]?.program.version)
    .find((version) => version !== undefined && version !== "");
}
