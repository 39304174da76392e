import type { EngineHome } from "../home/engine-home.ts";
import { endBoot } from "../home/boot.ts";
import { endDaemons } from "../services/end-leftovers.ts";
import { unitFolders } from "../substrate/unit-folder.ts";
import { Supervisor } from "../services/supervisor.ts";

/** Ends everything that runs for a data folder, the supervisor too. The caller holds the folder's lock. */
export async function endWorkloads(home: EngineHome): Promise<void> {
  // Nothing is started, so that no program is needed.
  const binaries = { runsvdir: "", chpst: "", svlogd: "" };
  await new Supervisor({ folder: home.supervisor, binaries, environment: {} }).down();
  await endDaemons(unitFolders(home.units));
  endBoot(home);
}
