import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { OrreryError } from "@orrery/problems";
import type { Plugin } from "rolldown";
import type { PackedSettings } from "../hook/packed-settings.ts";
import { ownPackagesPlugin } from "./resolve-own-packages.ts";

/** What came of bundling. */
export interface Bundle {
  /** One module, without imports but Node's own. */
  readonly code: string;
  /** Files that went in; absolute. */
  readonly modules: readonly string[];
}

const ENTRY = "\0orrery:packed-charm";
const HOST: string = fileURLToPath(new URL(`../packed${extname(import.meta.url)}`, import.meta.url));

/**
 * Makes one module of a charm, what it imports, and what runs it under Juju. It holds no path of this machine.
 *
 * @param module - The charm's module; absolute.
 * @throws OrreryError `PACK_INVALID` for what cannot be bundled.
 */
export async function bundleCharm(module: string, settings: PackedSettings): Promise<Bundle> {
  return await bundle([
    `import charm from ${JSON.stringify(module)};`,
    `import { runPacked } from ${JSON.stringify(HOST)};`,
    `await runPacked(charm, ${JSON.stringify(settings)});`,
  ]);
}

/** Makes one module of a charm alone, to be looked at. @throws OrreryError `PACK_INVALID`. */
export async function bundleAlone(module: string): Promise<Bundle> {
  return await bundle([`export { default } from ${JSON.stringify(module)};`]);
}

async function bundle(entry: readonly string[]): Promise<Bundle> {
  // It is loaded when something is packed: nothing else needs it.
  const { rolldown } = await import("rolldown");
  try {
    await using build = await rolldown({
      input: ENTRY,
      platform: "node",
      // What lies around the charm's folder must not change what comes out.
      tsconfig: false,
      experimental: { attachDebugInfo: "none" },
      resolve: { conditionNames: ["node", "import", "default"] },
      // These are not in the bundle, so that nothing is looked for where the charm happens to lie.
      transform: {
        define: { "process.env.WS_NO_BUFFER_UTIL": '"1"', "process.env.WS_NO_UTF_8_VALIDATE": '"1"' },
      },
      plugins: [entryPlugin(entry.join("\n")), ownPackagesPlugin(), nativePlugin()],
      onLog: (level, log) => {
        if (level === "warn" && log.code === "UNRESOLVED_IMPORT") throw new Error(log.message);
      },
    });
    const { output } = await build.generate({ format: "esm", codeSplitting: false, comments: false });
    const [chunk, ...others] = output;
    if (others.length > 0) throw new Error(`more than one file came out: ${others[0]?.fileName}`);
    return { code: chunk.code, modules: chunk.moduleIds.filter((id) => !id.startsWith("\0")) };
  } catch (cause) {
    const told = cause instanceof Error ? stripVTControlCharacters(cause.message) : String(cause);
    throw new OrreryError("PACK_INVALID", `charm cannot be made into one file: ${told}`, { cause });
  }
}

function entryPlugin(code: string): Plugin {
  return {
    name: "orrery:packed-charm",
    resolveId: (id) => (id === ENTRY ? ENTRY : undefined),
    load: (id) => (id === ENTRY ? { code, moduleType: "js" } : undefined),
  };
}

/** A compiled addon is for one machine and no text. */
function nativePlugin(): Plugin {
  return {
    name: "orrery:native",
    load: (id) => {
      if (id.endsWith(".node")) throw new Error("it needs a compiled addon, which cannot be bundled");
    },
  };
}
