import { dirname } from "node:path";
import { checkProgram } from "../check-program.ts";
import type { Installed } from "../installed.ts";
import type { Search } from "../session.ts";

/** Takes the Node.js that runs this process. */
export async function takeRunningNode(search: Search): Promise<Installed> {
  const { manifest, session } = search;
  const path = session.world.nodePath;
  const { version = "unknown", notes } = await checkProgram(session, manifest, path);
  return {
    name: manifest.name,
    version,
    source: "this process",
    path,
    folder: dirname(path),
    binaries: { [manifest.binaries[0].name]: path },
    notes,
  };
}
