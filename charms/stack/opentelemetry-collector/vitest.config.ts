import { settings } from "@orrery/repo-tools/vitest";

export default settings;
