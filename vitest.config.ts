import { unitSettings } from "@orrery/repo-tools/vitest";

export default unitSettings;
