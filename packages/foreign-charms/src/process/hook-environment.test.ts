import { expect, test } from "vitest";
import type { Hook } from "../events/hook.ts";
import { viewOf } from "../shell-charm.test-support.ts";
import { hookEnvironment } from "./hook-environment.ts";

const relation = { kind: "relation", relation: 7, endpoint: "my_ep", application: "loki" } as const;
const HOOKS: readonly (readonly [Hook, Readonly<Record<string, string>>])[] = [
  [
    { kind: "life", event: "install" },
    { JUJU_DISPATCH_PATH: "hooks/install", JUJU_HOOK_NAME: "install" },
  ],
  [
    { ...relation, event: "changed" },
    {
      JUJU_DISPATCH_PATH: "hooks/my_ep-relation-changed",
      JUJU_HOOK_NAME: "my_ep-relation-changed",
      JUJU_RELATION: "my_ep",
      JUJU_RELATION_ID: "my_ep:7",
      JUJU_REMOTE_APP: "loki",
      JUJU_REMOTE_UNIT: "",
    },
  ],
  [
    { ...relation, event: "departed", unit: "loki/3", departing: "loki/3" },
    { JUJU_REMOTE_UNIT: "loki/3", JUJU_DEPARTING_UNIT: "loki/3" },
  ],
  [
    { kind: "secret", event: "expired", id: "d0erdgfmp25c762i8np0", label: "mine", revision: 2 },
    { JUJU_SECRET_ID: "secret:d0erdgfmp25c762i8np0", JUJU_SECRET_LABEL: "mine", JUJU_SECRET_REVISION: "2" },
  ],
  [
    { kind: "storage", event: "attached", storage: "data", index: 0 },
    {
      JUJU_DISPATCH_PATH: "hooks/data-storage-attached",
      JUJU_STORAGE_ID: "data/0",
      JUJU_STORAGE_LOCATION: "/unit/storage/data/0",
      JUJU_STORAGE_KIND: "filesystem",
    },
  ],
];

test.for(HOOKS)("a hook is told what it is about: %j", ([hook, variables]) => {
  expect(environmentOf({ kind: "hook", hook })).toMatchObject(variables);
});

test("an action has no hook's name, and its own", () => {
  const environment = environmentOf({
    kind: "action",
    action: { name: "backup", id: "3", params: {}, results: {} },
  });

  expect(environment).toMatchObject({
    JUJU_DISPATCH_PATH: "actions/backup",
    JUJU_HOOK_NAME: "",
    JUJU_ACTION_NAME: "backup",
    JUJU_ACTION_UUID: "3",
    JUJU_ACTION_TAG: "action-3",
  });
  for (const absent of ["HOME", "USER", "TMPDIR", "JUJU_RELATION"])
    expect(environment).not.toHaveProperty(absent);
  expect(environment["PATH"]).toBe("/tools:/usr/bin:/bin");
});

function environmentOf(cause: Parameters<typeof hookEnvironment>[0]["cause"]): Record<string, string> {
  return hookEnvironment({
    view: viewOf(),
    cause,
    charmFolder: "/unit/charm",
    toolsFolder: "/tools",
    contextId: "shell/0-x",
    socket: "/unit/socket",
    storageFolder: (name) => `/unit/storage/${name}`,
    path: "/usr/bin:/bin",
  });
}
