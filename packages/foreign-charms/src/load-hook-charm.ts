import type { View } from "@orrery/charm";
import type { RunnableCharm } from "@orrery/engine";
import type { AgentCharm, HookSettings } from "./agent/agent-options.ts";
import { UnitAgent } from "./agent/unit-agent.ts";
import { listCharmFiles } from "./package/list-charm-files.ts";
import { readCharmFolder } from "./package/read-charm-folder.ts";

/**
 * Loads a charm that lives by hooks, such as a Python one: each of its units gets an agent that runs its program as Juju does.
 *
 * @throws OrreryError `CHARM_INVALID`, `CHARM_UNSUPPORTED`.
 */
export async function loadHookCharm(folder: string, settings: HookSettings): Promise<RunnableCharm> {
  const metadata = readCharmFolder(folder);
  const charm: AgentCharm = { folder, metadata, files: await listCharmFiles(folder) };
  const agents = new Map<string, UnitAgent>();
  const agentOf = ({ unit }: View): UnitAgent => {
    const agent = agents.get(unit) ?? new UnitAgent(charm, settings, unit);
    agents.set(unit, agent);
    return agent;
  };
  return {
    manifest: metadata.manifest,
    folder,
    problems: metadata.problems,
    act: async (request) => await agentOf(request.view).act(request),
    session: () => {
      let agent: UnitAgent | undefined;
      return {
        evaluate: async (view, meanwhile) => {
          agent = agentOf(view);
          return await agent.evaluate(view, meanwhile);
        },
        close: () => agent?.close(),
      };
    },
  };
}
