import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Writes a charm that needs no package: its option `mode` says how its reconcile behaves.
 *
 * It runs a service that sleeps, so that there is something to supervise.
 */
export function writeToyCharm(folder: string, name: string): string {
  mkdirSync(join(folder, "workload"), { recursive: true });
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name, type: "module", orrery: { charm: "./charm.ts" } }),
  );
  writeFileSync(join(folder, "charm.ts"), charmText(name));
  return folder;
}

function charmText(name: string): string {
  return `
const modes: Record<string, () => unknown> = {
  loop: () => { for (;;); },
  throw: () => { throw new Error("this charm always fails"); },
  junk: () => ({ status: "well" }),
  exit: () => process.exit(7),
};
const manifest = {
  name: ${JSON.stringify(name)},
  summary: "a toy",
  endpoints: {},
  config: { mode: { type: "string", default: "well" } },
  ports: { http: { prefer: 28400 } },
  containers: { toy: { program: "sleep" } },
  actions: {
    whoami: { description: "says who runs it" },
    rotate: { description: "rotates a material", params: { material: { type: "string" } } },
  },
  assets: [],
};
const evaluate = (view: any): unknown => {
  console.log("mode is " + view.config.mode);
  const other = modes[view.config.mode];
  if (other) return other();
  return {
    protocol: 1,
    status: { status: "active", message: "mode " + view.config.mode },
    bags: {},
    containers: { toy: {
      services: { sleep: { command: [view.containers.toy.program.path, "100000"] } },
      files: { "mode.txt": { content: view.config.mode } },
    } },
    materials: { admin: { kind: "password", length: 12 } },
    secrets: {}, openedPorts: [], deadlines: [], external: {}, problems: [], expectations: [],
  };
};
export default {
  protocol: 1,
  name: ${JSON.stringify(name)},
  assets: [],
  load: () => ({
    manifest,
    problems: [],
    session: () => ({ evaluate, counters: { decoded: 0, encoded: 0, computed: 0, remembered: 0 } }),
    act: async (request: any, tools: any) => {
      if (request.action === "rotate") {
        await tools.rotate(request.params.material);
        return {};
      }
      const { stdout } = await tools.exec("toy", ["cat", "mode.txt"]);
      const rotated = request.view.materials.admin.previous !== undefined;
      return { rotated, pid: process.pid, mode: stdout, secret: process.env["ORRERY_TEST_SECRET"] ?? "none" };
    },
  }),
};
`;
}
