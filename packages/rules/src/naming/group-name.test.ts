import { expect, test } from "vitest";
import { groupName } from "./group-name.ts";

const identifier = "obs_7a3c1f0e_zinc";

test.for([
  {
    parts: { identifier, directory: "db/slow-q", name: "idx" },
    name: "obs_7a3c1f0e_zinc_db_slow_q_idx_rules",
  },
  {
    parts: { identifier, directory: "db", name: "alpha beta" },
    name: "obs_7a3c1f0e_zinc_db_alpha_beta_rules",
  },
  {
    parts: { identifier, directory: "db", name: "obs_7a3c1f0e_other_thing_rules" },
    name: "obs_7a3c1f0e_other_thing_rules",
  },
  { parts: { directory: "db", name: "alpha beta" }, name: "db_alpha_beta_rules" },
  { parts: { identifier, name: "HostHealth" }, name: "obs_7a3c1f0e_zinc_HostHealth_rules" },
])("names a group as the Python charms do: $name", ({ parts, name }) => {
  expect(groupName(parts)).toBe(name);
});
