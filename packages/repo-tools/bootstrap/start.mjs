// @ts-check
// `npm start`: shows the demo model; `npm start -- --check` verifies it and ends.
import { handOver } from "./hand-over.mjs";
import { orreryCommand } from "./orrery-command.mjs";

await handOver([...orreryCommand, "demo", ...process.argv.slice(2)]);
