import type { Status } from "@orrery/charm";
import { FLAG } from "./hook-tool.ts";
import type { HookTool } from "./hook-tool.ts";
import { ToolError, badArguments } from "./tool-error.ts";

/** What a charm may say of itself. */
const SETTABLE = ["active", "blocked", "maintenance", "waiting"] as const;
const LONGEST_MESSAGE = 2000;

/** Tools about status. */
export const statusTools: readonly HookTool[] = [
  {
    name: "status-set",
    summary: "says how the unit is, or with --application how the application is",
    usage: "[--application] <active|blocked|maintenance|waiting> [-- <message>]",
    options: { application: FLAG },
    effect: "at once",
    run: ({ run, args }) => {
      const [name, message = ""] = args.positional;
      const found = SETTABLE.find((one) => one === name);
      if (found === undefined) {
        const allowed = SETTABLE.map((one) => JSON.stringify(one)).join(" ");
        throw badArguments(
          name === undefined
            ? "invalid args, require <status> [message]"
            : `invalid status ${JSON.stringify(name)}, expected one of [${allowed}]`,
        );
      }
      const status: Status = { status: found, message: message.slice(0, LONGEST_MESSAGE) };
      const { memory } = run.work;
      if (!args.flags.has("application")) {
        run.work = { ...run.work, memory: { ...memory, status } };
        run.onStatus(status);
        return;
      }
      if (!run.view.leader) throw new ToolError(notLeader(run.view.unit));
      run.work = { ...run.work, memory: { ...memory, applicationStatus: status } };
    },
  },
  {
    name: "status-get",
    summary: "how the unit was said to be, or with --application the application and its units",
    usage: "[--include-data] [--application]",
    options: { "include-data": FLAG, application: FLAG },
    format: "smart",
    effect: "reads",
    run: ({ run, args }) => {
      const { status, applicationStatus } = run.work.memory;
      const data = args.flags.has("include-data");
      if (!args.flags.has("application")) return data ? withData(status) : status.status;
      if (!run.view.leader) throw new ToolError(notLeader(run.view.unit));
      const said = withData(applicationStatus ?? { status: "unknown", message: "" });
      if (!data) return said.status;
      return { "application-status": { ...said, units: { [run.view.unit]: withData(status) } } };
    },
  },
  {
    name: "goal-state",
    summary: "the units that the application is meant to have, and those it is related to",
    usage: "",
    options: {},
    format: "yaml",
    effect: "reads",
    run: ({ run }) => {
      const { view, work, now } = run;
      const since = new Date(now())
        .toISOString()
        .replace("T", " ")
        .replace(/\.\d+Z$/u, "Z");
      const own = view.units.map((name) => {
        const status = name === view.unit ? work.memory.status.status : "waiting";
        return [name, { status, since }];
      });
      const relations: Record<string, Record<string, unknown>> = {};
      for (const { endpoint, application, units } of view.relations) {
        const joined = [application, ...units].map((name) => [name, { status: "joined", since }]);
        relations[endpoint] = { ...relations[endpoint], ...Object.fromEntries(joined) };
      }
      return { units: Object.fromEntries(own), relations };
    },
  },
];

interface StatusData {
  readonly status: string;
  readonly message: string;
  readonly "status-data": Readonly<Record<string, never>>;
}

function withData({ status, message }: Status): StatusData {
  return { status, message, "status-data": {} };
}

function notLeader(unit: string): string {
  return `this unit is not the leader: ${unit}`;
}
