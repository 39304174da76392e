// @ts-check
import { join } from "node:path";
import { root } from "./repository.mjs";

/** What Node is given to run the `orrery` command from its sources. */
export const orreryCommand = ["--conditions=@orrery/source", join(root, "packages/cli/src/main.ts")];
