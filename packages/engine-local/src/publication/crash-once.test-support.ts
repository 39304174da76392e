import { readFileSync } from "node:fs";
import type { FileOutcome } from "@orrery/charm";
import { ContainerFiles } from "./container-files.ts";
import { Cost } from "./cost.ts";

// Publishes the files that a JSON file names, and kills itself at a labelled point: `node … folder wanted.json label`.

const [folder = "", wanted = "", label = ""] = process.argv.slice(2);
const files = JSON.parse(readFileSync(wanted, "utf8")) as Record<string, FileOutcome>;
const publication = new ContainerFiles({
  folder,
  env: {},
  run: async () => ({ ran: true, exitCode: 0, stdout: "", stderr: "" }),
  at: (point) => {
    if (point === label) process.kill(process.pid, "SIGKILL");
  },
});
const cost = new Cost();
await publication.stage(files, cost);
await publication.load({ load: async () => ({ state: "loaded" }) }, cost);
