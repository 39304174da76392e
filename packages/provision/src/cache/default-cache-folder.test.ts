import { expect, test } from "vitest";
import { defaultCacheFolder } from "./default-cache-folder.ts";

test.for([
  { env: { ORRERY_CACHE: "/c", XDG_CACHE_HOME: "/x", HOME: "/h" }, folder: "/c" },
  { env: { XDG_CACHE_HOME: "/x", HOME: "/h" }, folder: "/x/orrery" },
  { env: { XDG_CACHE_HOME: "relative", HOME: "/h" }, folder: "/h/.cache/orrery" },
])("$env leads to $folder", ({ env, folder }) => {
  expect(defaultCacheFolder(env)).toBe(folder);
});
