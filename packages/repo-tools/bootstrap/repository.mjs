// @ts-check
import { fileURLToPath } from "node:url";

/** The repository's root folder, as an absolute path without a slash at its end. */
export const root = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");
