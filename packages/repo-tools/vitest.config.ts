import { settings } from "./src/vitest.ts";

export default settings;
