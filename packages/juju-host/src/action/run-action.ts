import type { ActionTools } from "@orrery/charm";
import { formatTargetAddress, grantCheck, parseTargetAddress } from "@orrery/telemetry";
import { OrreryError } from "@orrery/problems";
import type { Host } from "../hook/host.ts";
import { finish } from "../hook/reconcile-unit.ts";
import { UnitRun } from "../hook/unit-run.ts";
import { failAction, readParameters, setResults } from "../tools/action-tools.ts";
import { httpGet } from "./http-get.ts";

/**
 * Runs an action and tells Juju what came of it; a reconcile follows, since it may have changed what the unit sees.
 *
 * An action that fails is the action's own affair: the reconcile follows all the same, and the hook ends well.
 */
export async function runAction(host: Host, action: string): Promise<void> {
  const { tools, charm } = host;
  const run = await UnitRun.begin(host);
  if (!run) return await failAction(tools, "the unit has no address yet");
  try {
    const params = await readParameters(tools);
    const { view } = run;
    await setResults(tools, await charm.act({ action, view, params }, toolsFor(host, run)));
  } catch (cause) {
    await failAction(tools, cause instanceof Error ? cause.message : String(cause));
  }
  await finish(host, run);
}

function toolsFor({ workload }: Host, run: UnitRun): ActionTools {
  const { view } = run;
  const { address, ports } = view.network;
  const own = Object.values(ports).map((port) => formatTargetAddress({ host: address, port }));
  const reachable = [...own, ...view.relations.flatMap(({ granted }) => granted)];
  const isReachable = grantCheck(reachable);
  return {
    get: async (url) => {
      const target = targetOf(url);
      if (target && isReachable(target)) return await httpGet(url);
      const allowed = reachable.slice(0, 10).join(", ") || "none";
      const message = `address ${JSON.stringify(url.slice(0, 200))} was not granted to ${view.unit}; granted are ${allowed}`;
      throw new OrreryError("ADDRESS_NOT_GRANTED", message);
    },
    exec: async (container, command) => await workload.exec(container, command),
    rotate: async (material) => run.rotate(material),
  };
}

function targetOf(text: string): { readonly host: string; readonly port: number } | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") return undefined;
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  const address = parseTargetAddress(`${url.hostname}:${port}`);
  return "host" in address ? { host: address.host, port } : undefined;
}
