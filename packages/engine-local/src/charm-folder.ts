/** Where a charm's module and texts are in its folder, for those who load charms themselves. */
export { charmModulePath, readTexts } from "./charm-source/charm-folder.ts";
