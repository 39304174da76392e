// Who may read the metrics: anybody, or whoever shows one of the tokens that lie in a file.
import { createHash, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";

/** Says whether a request may be answered with the metrics; read anew each time, so that new tokens count at once. */
export function mayScrape(request, path) {
  const tokens = readTokens(path);
  if (tokens === undefined) return true;
  const [, shown = ""] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
  return tokens.some((token) => timingSafeEqual(digest(token), digest(shown)));
}

/** None when there is no file; a file that cannot be read opens nothing. */
function readTokens(path) {
  try {
    return readFileSync(path, "utf8").split("\n").filter(Boolean);
  } catch (error) {
    return error.code === "ENOENT" ? undefined : [];
  }
}

/** Of one length, so that comparing takes one time. */
function digest(text) {
  return createHash("sha256").update(text).digest();
}
