import type { ActionTools } from "@orrery/charm";
import { expect, test } from "vitest";
import { ShellCharm, relationOf, viewOf } from "../shell-charm.test-support.ts";

const tools: ActionTools = {
  rotate: async () => undefined,
  get: async () => ({ status: 200, body: "" }),
  exec: async () => ({ exitCode: 0, stdout: "", stderr: "" }),
};

test("an action answers what it set and printed; what it wrote goes out with the next outcome", async () => {
  using charm = new ShellCharm(`
    [ "$HOOK" = speak ] && { action-set said.text="$(action-get text)" by=$JUJU_ACTION_NAME; relation-set -r out:3 said=yes; echo printed; }; true`);
  const loaded = await charm.load();
  const runner = loaded.session();
  const view = viewOf({ relations: [relationOf()] });
  const { memory } = await runner.evaluate(view);
  const results = await loaded.act(
    { action: "speak", params: { text: "ho" }, view: { ...view, memory } },
    tools,
  );

  expect(results).toEqual({ said: { text: "ho" }, by: "speak", "return-code": 0, stdout: "printed\n" });
  const again = await charm.load();
  expect((await again.session().evaluate({ ...view, memory })).bags).toEqual({
    "3": { unit: { said: "yes" } },
  });
});

test("an action that fails says why; it never puts the unit into error, and what it wrote stands only if its program ended well", async () => {
  using charm = new ShellCharm(`
    [ "$HOOK" = speak ] && { relation-set -r out:3 said=$(action-get text); action-fail no voice; echo 'too hoarse' >&2; [ "$(action-get text)" = quietly ] || exit 4; }; true`);
  const loaded = await charm.load();
  const runner = loaded.session();
  const view = viewOf({ relations: [relationOf()] });
  const { memory } = await runner.evaluate(view);
  const act = async (text: string): Promise<unknown> =>
    await loaded.act({ action: "speak", params: { text }, view: { ...view, memory } }, tools);

  await expect(act("loudly")).rejects.toMatchObject({
    code: "ACTION_FAILED",
    message: "action speak on shell/0: no voice",
  });
  expect((await runner.evaluate({ ...view, memory })).bags).toEqual({});
  await expect(act("quietly")).rejects.toMatchObject({ code: "ACTION_FAILED" });
  expect((await runner.evaluate({ ...view, memory })).bags).toEqual({ "3": { unit: { said: "quietly" } } });
});

test("an action waits for the hook that runs, and the two never meet", async () => {
  using charm = new ShellCharm(
    '[ "$HOOK" = install ] && sleep 0.5; [ "$HOOK" = speak ] && cp told.txt before.txt; true',
  );
  const loaded = await charm.load();
  const view = viewOf();
  const hooks = loaded.session().evaluate(view);
  await loaded.act({ action: "speak", params: {}, view }, tools);
  await hooks;

  expect(charm.read("before.txt")).toBe("install -\nleader-elected -\nconfig-changed -\nstart -\nspeak -\n");
});
