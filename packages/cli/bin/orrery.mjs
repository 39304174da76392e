#!/usr/bin/env node
// In a clone this is the command from its sources, as `npx orrery`; installed, it is the built one.
import { existsSync } from "node:fs";

const inClone = new URL("../../repo-tools/bootstrap/orrery.mjs", import.meta.url);
const built = new URL("../dist/main.js", import.meta.url);

await import((existsSync(inClone) ? inClone : built).href);
