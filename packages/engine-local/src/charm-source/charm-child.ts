import { Worker } from "node:worker_threads";
import { loadCharmFolder } from "./charm-folder.ts";
import type {
  ChildAnswer,
  ChildFailure,
  ChildNotice,
  ChildRequest,
  ChildToolCall,
} from "./child-messages.ts";

// Runs one foreign charm. It resolves nothing but Node's own modules and its neighbours: the charm brings its own copies.

interface Session {
  readonly evaluate: (view: unknown) => unknown;
  readonly counters?: unknown;
}

interface Loaded {
  readonly manifest: unknown;
  readonly problems: unknown;
  readonly session: () => Session;
  readonly act: (request: unknown, tools: object) => Promise<unknown>;
}

/** A charm that loops for ever cannot notice that its host is gone; this thread does. */
const GUARD = `
const parent = process.ppid;
setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, "SIGKILL"); }, 1000);
`;

let loaded: Loaded | undefined;
const sessions = new Map<number, Session>();
const calls = new Map<number, { resolve: (value: unknown) => void; reject: (reason: Error) => void }>();
let nextCall = 1;

new Worker(GUARD, { eval: true }).unref();
process.on("disconnect", () => process.exit(0));
process.on("message", (message: ChildRequest | ChildNotice) => {
  if ("say" in message) notice(message);
  else void answer(message);
});

async function answer(request: ChildRequest): Promise<void> {
  try {
    send(await handle(request));
  } catch (cause) {
    send({ id: request.id, failure: failureOf(cause) });
  }
}

async function handle(request: ChildRequest): Promise<ChildAnswer> {
  const { id } = request;
  if (request.ask === "load") {
    // The charm's own copy of the framework made it: its form is what protocol 1 says.
    loaded = (await loadCharmFolder(request.folder)) as Loaded;
    return { id, value: { manifest: loaded.manifest, problems: loaded.problems } };
  }
  if (!loaded) throw new Error("charm is not loaded");
  if (request.ask === "act") {
    const tools = { get: tool(id, "get"), exec: tool(id, "exec"), rotate: tool(id, "rotate") };
    return { id, value: await loaded.act(request.request, tools) };
  }
  const session = sessions.get(request.session) ?? loaded.session();
  sessions.set(request.session, session);
  const value = session.evaluate(request.view);
  return { id, value, counters: session.counters };
}

function notice(message: ChildNotice): void {
  if (message.say === "close") {
    sessions.delete(message.session);
    return;
  }
  const waiting = calls.get(message.call);
  calls.delete(message.call);
  if (message.failure) waiting?.reject(Object.assign(new Error(message.failure.message), message.failure));
  else waiting?.resolve(message.value);
}

function tool(id: number, name: ChildToolCall["tool"]): (...given: readonly unknown[]) => Promise<unknown> {
  return (...given) =>
    new Promise((resolve, reject) => {
      const call = nextCall;
      nextCall += 1;
      calls.set(call, { resolve, reject });
      send({ call, id, tool: name, arguments: given });
    });
}

function failureOf(cause: unknown): ChildFailure {
  if (!(cause instanceof Error)) return { message: String(cause) };
  return {
    message: cause.message,
    ...("code" in cause && typeof cause.code === "string" ? { code: cause.code } : {}),
    ...("remedy" in cause && typeof cause.remedy === "string" ? { remedy: cause.remedy } : {}),
  };
}

function send(message: ChildAnswer | ChildToolCall): void {
  process.send?.(message);
}
