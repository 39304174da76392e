import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { hookTools } from "../hook-tools/all-hook-tools.ts";
import { ToolRun } from "../hook-run.test-support.ts";
import { TOOL_LIMITS } from "./tool-limits.ts";
import type { ToolLimits } from "./tool-limits.ts";
import { ToolServer } from "./tool-server.ts";
import { makeToolsFolder } from "./tools-folder.ts";
import type { ToolClient } from "./tools-folder.ts";

/** A server with a folder of real programs that ask it. */
async function rig(client: ToolClient, given: { limits?: Partial<ToolLimits>; below?: string } = {}) {
  const root = mkdtempSync(join(tmpdir(), "orrery-tools-"));
  const tools = makeToolsFolder(join(root, "tools"), client);
  const tool = new ToolRun();
  const excess: string[] = [];
  const server = await ToolServer.open({
    folder: join(root, given.below ?? "sockets"),
    run: tool.run,
    limits: { ...TOOL_LIMITS, ...given.limits },
    onLimit: (what) => excess.push(what),
  });
  const env = {
    PATH: `${tools}:${process.env["PATH"]}`,
    JUJU_CONTEXT_ID: server.contextId,
    JUJU_AGENT_SOCKET_ADDRESS: server.address,
  };
  const run = async (args: readonly string[], input = "", changed: object = {}) => {
    const child = spawn(join(tools, args[0] ?? ""), args.slice(1), {
      cwd: root,
      env: { ...env, ...changed },
    });
    child.stdin.on("error", () => undefined).end(input);
    const [stdout, stderr, exitCode] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise((resolve) => child.once("exit", resolve)),
    ]);
    return { exitCode, stdout, stderr };
  };
  return {
    root,
    tools,
    tool,
    server,
    excess,
    run,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      rmSync(root, { recursive: true });
    },
  };
}

test.for(["perl", "node"] as const)("tools in %s say what the agent says, byte for byte", async (client) => {
  await using tools = await rig(client);
  const word = "Zürich 😀\n'quoted' \"too\"";

  expect(await tools.run(["relation-set", "-r", "db:1", `word=${word}`, "empty="])).toEqual({
    exitCode: 0,
    stdout: "",
    stderr: "",
  });
  expect(await tools.run(["relation-get", "-r", "1", "word", "web/0"])).toEqual({
    exitCode: 0,
    stdout: `${word}\n`,
    stderr: "",
  });
  expect(await tools.run(["relation-list", "-r", "6"])).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: 'ERROR invalid value "6" for option -r: relation not found\n',
  });
  const large = "x".repeat(3_000_000);
  await tools.run(["relation-set", "-r", "1", "--file", "-"], JSON.stringify({ large }));
  writeFileSync(join(tools.root, "small.yaml"), "small: yes\n");
  await tools.run(["relation-set", "-r", "1", "--file", "small.yaml"]);
  expect(tools.tool.run.work.bags["1"]?.unit).toMatchObject({ large, small: "yes", word });
  expect((await tools.run(["relation-get", "-r", "1", "large", "web/0"])).stdout).toBe(`${large}\n`);
});

test.for(["perl", "node"] as const)(
  "tools in %s find an agent however deep its folder lies, and say when there is none",
  async (client) => {
    await using tools = await rig(client, { below: "deep/".repeat(30) });

    expect((await tools.run(["is-leader"])).stdout).toBe("True\n");
    expect(await tools.run(["is-leader"], "", { JUJU_CONTEXT_ID: "" })).toMatchObject({
      exitCode: 1,
      stderr: /^ERROR no agent to ask/u,
    });
    await tools.server[Symbol.asyncDispose]();
    expect(await tools.run(["is-leader"])).toMatchObject({
      exitCode: 1,
      stderr: /^ERROR no agent to ask|^ERROR the agent does not answer/u,
    });
  },
);

test("there is a program for every tool, and only the owner reaches the socket", async () => {
  await using tools = await rig("perl");

  expect(readdirSync(tools.tools).toSorted()).toEqual([...Object.keys(hookTools), "hook-tool"].toSorted());
  expect(statSync(tools.server.address).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(tools.server.address)).mode & 0o777).toBe(0o700);
});

test("who does not know the context id of this one run is refused, whatever it knows of another", async () => {
  await using tools = await rig("perl");
  await using other = await rig("perl");

  expect(tools.server.contextId).toMatch(/^web\/0-[0-9a-f]{64}$/u);
  for (const JUJU_CONTEXT_ID of ["web/0", other.server.contextId, tools.server.contextId.slice(0, -1)]) {
    expect(await tools.run(["relation-set", "-r", "1", "a=b"], "", { JUJU_CONTEXT_ID })).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: "ERROR unknown context id\n",
    });
  }
  expect(tools.tool.run.work.bags).toEqual({});
});

test("what is too large, and what comes too often, is refused and told", async () => {
  await using tools = await rig("perl", { limits: { inputBytes: 1000, calls: 5 } });

  expect(
    await tools.run(["relation-set", "-r", "1", "--file", "-"], `{"k": "${"x".repeat(2000)}"}`),
  ).toMatchObject({
    exitCode: 1,
    stderr: "ERROR standard input holds more than 1000 bytes\n",
  });
  writeFileSync(join(tools.root, "large.json"), "x".repeat(2000));
  expect(await tools.run(["relation-set", "-r", "1", "--file", "large.json"])).toMatchObject({
    stderr: /holds 2000 bytes/u,
  });
  expect(await tools.run(["relation-set", "-r", "1", "--file", "/dev/zero"])).toMatchObject({
    stderr: /no regular file/u,
  });
  for (let i = 0; i < 3; i++) await tools.run(["is-leader"]);
  expect(await tools.run(["is-leader"])).toMatchObject({
    exitCode: 1,
    stderr: "ERROR more than 5 calls of hook tools\n",
  });
  expect(tools.excess).toEqual(["it made more than 5 calls of hook tools"]);
});

test("calls past the rate wait, one after the other", async () => {
  await using tools = await rig("perl", { limits: { callsPerSecond: 20, burst: 2 } });
  const begun = performance.now();
  const ended = await Promise.all(Array.from({ length: 8 }, async () => await tools.run(["is-leader"])));

  expect(ended.every(({ stdout }) => stdout === "True\n")).toBe(true);
  expect(performance.now() - begun).toBeGreaterThan(250);
  expect(tools.excess).toHaveLength(1);
});
