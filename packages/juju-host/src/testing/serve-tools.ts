import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { RunTool, ToolCall, ToolResult } from "../tools/run-tool.ts";
import { toolNames } from "./strict-juju.ts";

/** Hook tools as programs on disk. */
export interface ServedTools extends AsyncDisposable {
  /** Variables for the process that uses them: `PATH` leads to the tools alone, then to the one given. */
  readonly environment: Readonly<Record<string, string>>;
  /** Who answers from now on. */
  answer: RunTool;
}

/** Each tool is this program under another name: it hands over what it was called with, as Juju's own does. */
const CLIENT = `
const { connect } = require("node:net");
const { basename } = require("node:path");
const { readFileSync } = require("node:fs");
const [, name, ...args] = process.argv;
const socket = connect(process.env.JUJU_AGENT_SOCKET_ADDRESS);
let said = "";
socket.on("data", (chunk) => (said += chunk)).on("end", () => {
  const { exitCode, stdout, stderr } = JSON.parse(said);
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = exitCode;
});
socket.end(JSON.stringify({ name: basename(name), args, input: readFileSync(0, "utf8") }));
`;

/** Makes a folder of hook tools that ask this process for their answers, as Juju's ask their agent. */
export async function serveTools(folder: string, path: string): Promise<ServedTools> {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const client = join(folder, "client.cjs");
  writeFileSync(client, `#!${process.execPath}\n${CLIENT}`, { mode: 0o755 });
  for (const name of toolNames) symlinkSync(client, join(bin, name));
  const address = join(folder, "agent.socket");
  const served = {
    environment: {
      PATH: `${bin}:${path}`,
      JUJU_AGENT_SOCKET_ADDRESS: address,
      JUJU_AGENT_SOCKET_NETWORK: "unix",
      JUJU_CONTEXT_ID: "test-context",
    },
    answer: nobody,
    [Symbol.asyncDispose]: async (): Promise<void> =>
      await new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let said = "";
    socket.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
    socket.on("end", () => {
      const call = JSON.parse(said) as ToolCall;
      void served.answer(call).then((result: ToolResult) => socket.end(JSON.stringify(result)));
    });
  });
  await new Promise<void>((resolve) => server.listen(address, resolve));
  return served;
}

const nobody: RunTool = async () => ({ exitCode: 1, stdout: "", stderr: "ERROR no hook runs\n" });
