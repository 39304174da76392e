import { integrationSettings } from "@orrery/repo-tools/vitest";

export default integrationSettings;
