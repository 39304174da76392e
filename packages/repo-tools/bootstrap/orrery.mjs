#!/usr/bin/env node
// @ts-check
// `npx orrery` in a clone: the command from its sources.
import { handOver } from "./hand-over.mjs";
import { orreryCommand } from "./orrery-command.mjs";

await handOver([...orreryCommand, ...process.argv.slice(2)]);
