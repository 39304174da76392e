import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/**
 * The cache folder that an environment asks for: `ORRERY_CACHE`, else `orrery` in the XDG cache folder.
 *
 * A relative `XDG_CACHE_HOME` is passed over, as the XDG Base Directory Specification demands.
 */
export function defaultCacheFolder(env: Readonly<Record<string, string | undefined>>): string {
  const own = env["ORRERY_CACHE"];
  if (own) return own;
  const xdg = env["XDG_CACHE_HOME"];
  if (xdg && isAbsolute(xdg)) return join(xdg, "orrery");
  return join(env["HOME"] || homedir(), ".cache", "orrery");
}
