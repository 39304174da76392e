import { Engine, MemoryStore, MemorySubstrate, MemoryVault } from "@orrery/engine";
import { expect, test } from "vitest";
import { ShellCharm } from "./shell-charm.test-support.ts";

/** An engine in memory whose charms are shell charms, by name. */
function engineOf(charms: Readonly<Record<string, ShellCharm>>): Engine {
  return new Engine({
    store: new MemoryStore(),
    vault: new MemoryVault(),
    substrate: new MemorySubstrate(),
    clock: Date.now,
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    charms: {
      load: async (reference) => {
        const charm = charms[reference];
        if (!charm) throw new Error(`no charm ${reference}`);
        return await charm.load();
      },
    },
  });
}

const GIVER = `
  case $HOOK in
    out-relation-created)
      id=$(secret-add --label word --owner application text="first $(config-get word)")
      secret-grant --relation "$JUJU_RELATION_ID" "$id"
      relation-set --app secret="$id";;
    config-changed) [ -z "$(secret-ids)" ] || secret-set "$(secret-ids)" text="then $(config-get word)";;
  esac`;
const TAKER = `
  case $HOOK in
    in-relation-changed) secret=$(relation-get --app secret other); [ -z "$secret" ] || secret-get "$secret" --label theirs text > got.txt;;
    secret-changed) echo "$JUJU_SECRET_LABEL" > label.txt; secret-get --label theirs --refresh text > got.txt;;
  esac
  true`;

test("the engine sees a foreign charm as any that takes its time: bags and secrets go from one to the other, and a new revision is told", async () => {
  using giver = new ShellCharm(GIVER);
  using taker = new ShellCharm(TAKER.replace("other", "giver"));
  const engine = engineOf({ giver, taker });
  await engine.execute({ command: "deploy", charm: "giver", application: "giver" });
  await engine.execute({ command: "deploy", charm: "taker", application: "taker" });
  await engine.execute({ command: "integrate", a: "giver:out", b: "taker:in" });
  await engine.settle();

  expect(taker.read("got.txt", "taker/0")).toBe("then hello\n");
  await engine.execute({ command: "config", application: "giver", set: { word: "bye" } });
  await engine.settle();
  expect(taker.read("got.txt", "taker/0")).toBe("then bye\n");
  expect(taker.read("label.txt", "taker/0")).toBe("theirs\n");
  expect(engine.problems()).toEqual([]);
});

test("peers hear of each other, the leader not of what it wrote itself, and a removed unit takes leave", async () => {
  using charm = new ShellCharm(
    '[ "$HOOK" = peers-relation-created ] && is-leader | grep -q True && relation-set --app all=yes; true',
  );
  const engine = engineOf({ shell: charm });
  await engine.execute({ command: "deploy", charm: "shell", units: 2 });
  await engine.settle();

  expect(charm.told("shell/0").filter((one) => one.startsWith("peers-"))).toEqual([
    "peers-relation-created shell",
    "peers-relation-joined shell/1",
    "peers-relation-changed shell/1",
  ]);
  const changed = charm.told("shell/1").filter((one) => one.startsWith("peers-relation-changed"));
  expect(changed.toSorted()).toEqual(["peers-relation-changed shell", "peers-relation-changed shell/0"]);
  await engine.execute({ command: "remove-unit", unit: "shell/1" });
  await engine.settle();
  expect(charm.told("shell/0").at(-1)).toBe("peers-relation-departed shell/1");
  expect(charm.told("shell/1").slice(-3)).toEqual(["peers-relation-departed shell/0", "stop -", "remove -"]);
});

test("what a charm's words would have Juju do is done: unit addresses in bags, ports, status, errors", async () => {
  using charm = new ShellCharm(`
    [ "$HOOK" = start ] && { open-port 8080; status-set active ready; }
    [ "$HOOK" = in-relation-joined ] && relation-get ingress-address > address.txt
    [ "$(config-get word)" != bad ] || { echo 'no such word' >&2; exit 2; }`);
  using other = new ShellCharm("");
  const engine = engineOf({ shell: charm, other });
  await engine.execute({ command: "deploy", charm: "shell" });
  await engine.execute({ command: "deploy", charm: "other", application: "other" });
  await engine.execute({ command: "integrate", a: "shell:in", b: "other:out" });
  await engine.settle();
  const unit = () => engine.status().applications["shell"]?.units["shell/0"];

  expect(unit()).toMatchObject({
    "open-ports": ["8080/tcp"],
    "workload-status": { current: "active", message: "ready" },
  });
  expect(charm.read("address.txt").trim()).toBe(
    engine.status().applications["other"]?.units["other/0"]?.address,
  );
  await engine.execute({ command: "config", application: "shell", set: { word: "bad" } });
  await engine.settle();
  expect(unit()?.["workload-status"]).toMatchObject({
    current: "error",
    message: 'HOOK_FAILED: hook failed: "config-changed" (exit code 2): no such word',
  });
});
