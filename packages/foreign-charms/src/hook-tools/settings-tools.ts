import { FLAG, TEXT } from "./hook-tool.ts";
import type { HookTool } from "./hook-tool.ts";
import type { Level } from "@orrery/engine";
import { badArguments } from "./tool-error.ts";

/** Juju's levels of log, and ours. */
const LEVELS: Readonly<Record<string, Level>> = {
  TRACE: "DEBUG",
  DEBUG: "DEBUG",
  INFO: "INFO",
  WARNING: "WARNING",
  ERROR: "ERROR",
  CRITICAL: "ERROR",
};

/** Tools about options, leadership, version and log. */
export const settingsTools: readonly HookTool[] = [
  {
    name: "config-get",
    summary: "options that are set or have a default; --all shows the others too, as null",
    usage: "[--all] [<key>]",
    options: { all: { kind: "flag", short: "a" } },
    format: "smart",
    effect: "reads",
    run: ({ run, args }) => {
      const { config } = run.view;
      const [key = ""] = args.positional;
      if (key !== "" && key !== "-") return Object.hasOwn(config, key) ? config[key] : null;
      if (!args.flags.has("all")) return config;
      return {
        ...Object.fromEntries(Object.keys(run.metadata.manifest.config).map((name) => [name, null])),
        ...config,
      };
    },
  },
  {
    name: "is-leader",
    summary: "whether the unit leads its application",
    usage: "",
    options: {},
    format: "smart",
    effect: "reads",
    run: ({ run }) => run.view.leader,
  },
  {
    name: "application-version-set",
    summary: "keeps the version of the workload",
    usage: "-- <version>",
    options: {},
    effect: "at once",
    run: ({ run, args }) => {
      const [workloadVersion] = args.positional;
      if (workloadVersion === undefined) throw badArguments("no version specified");
      run.work = {
        ...run.work,
        memory: { ...run.work.memory, workloadVersion: workloadVersion.slice(0, 256) },
      };
    },
  },
  {
    name: "juju-log",
    summary: "writes a line into the debug log",
    usage: "[-l|--log-level <TRACE|DEBUG|INFO|WARNING|ERROR|CRITICAL>] [--debug] [--] <message>",
    options: { "log-level": { kind: "text", short: "l" }, debug: FLAG, format: TEXT },
    effect: "at once",
    run: ({ run, args }) => {
      if (args.positional.length === 0) throw badArguments("no message specified");
      const level = args.flags.has("debug") ? "DEBUG" : (args.texts["log-level"] ?? "INFO").toUpperCase();
      run.log(LEVELS[level] ?? "INFO", args.positional.join(" "));
    },
  },
];
