// A hook tool, for machines without Perl: asks the unit's agent and gives back what it answers. The first argument is the path that it
// was called by.
import { connect } from "node:net";
import { readSync, writeSync } from "node:fs";
import { basename, dirname } from "node:path";
import process from "node:process";

const [called = "", ...args] = process.argv.slice(2);
const { JUJU_AGENT_SOCKET_ADDRESS: address, JUJU_CONTEXT_ID: context } = process.env;
if (!address || !context) fail("no agent to ask: JUJU_CONTEXT_ID and JUJU_AGENT_SOCKET_ADDRESS are not set");

const folder = process.cwd();
// A socket's path may have 107 bytes; a longer one is reached from its folder.
const isLong = Buffer.byteLength(address) > 107;
if (isLong) process.chdir(dirname(address));
const agent = connect(isLong ? basename(address) : address);
agent.on("error", (error) => fail(`the agent does not answer: ${error.message}`));
agent.on("close", () => fail("the agent went away"));
agent.on("connect", () => sayTo(Buffer.from([context, folder, basename(called), ...args].join("\0"))));

let heard = Buffer.alloc(0);
agent.on("data", (chunk) => {
  heard = Buffer.concat([heard, chunk]);
  while (heard.length >= 5 && heard.length >= 5 + heard.readUInt32BE(1)) {
    const text = heard.subarray(5, 5 + heard.readUInt32BE(1));
    const kind = String.fromCharCode(heard[0]);
    heard = heard.subarray(5 + text.length);
    if (kind === "o") write(1, text);
    if (kind === "e") write(2, text);
    if (kind === "i") sayTo(readInput(Number(text)));
    if (kind === "x") process.exit(Number(text));
  }
});

function sayTo(bytes) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  agent.write(Buffer.concat([length, bytes]));
}

function write(stream, bytes) {
  for (let at = 0; at < bytes.length;) at += again(() => writeSync(stream, bytes, at));
}

function readInput(most) {
  const chunks = [];
  for (let size = 0; size < most;) {
    const chunk = Buffer.alloc(65_536);
    const count = again(() => readSync(0, chunk, 0, chunk.length, null));
    if (count === 0) break;
    chunks.push(chunk.subarray(0, count));
    size += count;
  }
  return Buffer.concat(chunks);
}

/** A pipe that is not ready says so instead of waiting. */
function again(work) {
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (error.code !== "EAGAIN") fail(error.message);
    }
  }
}

function fail(message) {
  writeSync(2, `ERROR ${message}\n`);
  process.exit(1);
}
