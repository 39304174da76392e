import { expect, test } from "vitest";
import { run } from "./run.ts";
import { recordingTerminal } from "./terminal/recording-terminal.test-support.ts";
import { verbOf, verbs } from "./verbs.ts";

async function ran(...args: readonly string[]): Promise<{ code: number; out: string; told: string }> {
  const terminal = recordingTerminal();
  const code = await run(args, terminal);
  return { code, out: terminal.printed(), told: terminal.told() };
}

test("a mistyped command is an error with its code, what may have been meant, and where to look", async () => {
  expect(await ran("stauts")).toEqual({
    code: 1,
    out: "",
    told: "ERROR CLI_COMMAND_UNKNOWN: command 'stauts' is unknown (Did you mean status?)\n  see the commands with `orrery help`\n",
  });
});

test.for([
  { args: ["deploy"], message: "missing required argument 'charm'" },
  { args: ["status", "--relation"], message: "unknown option '--relation' (Did you mean --relations?)" },
  { args: ["add-unit", "shop", "-n", "0"], message: "It is not a whole number of at least 1." },
  { args: ["status", "--format", "xml"], message: "Allowed choices are tabular, json, yaml." },
  { args: ["run", "shop/0", "show", "limit"], message: 'argument "limit" is not of the form key=value' },
  { args: ["debug-log", "--level", "loud"], message: "Allowed choices are DEBUG, INFO, WARNING, ERROR." },
])("$args is refused with exit code 1 and the form of the command", async ({ args, message }) => {
  const { code, out, told } = await ran(...args);

  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(told).toMatch(/^ERROR CLI_USAGE: /);
  expect(told).toContain(message);
});

test("an error is JSON for those who asked for JSON", async () => {
  const { code, told } = await ran("explain", "NO_SUCH", "--format", "json");

  expect(code).toBe(1);
  expect(JSON.parse(told)).toMatchObject({ error: { code: "CODE_UNKNOWN", remedy: expect.any(String) } });
});

test("a code is explained in any spelling, an unknown one by its near ones", async () => {
  expect((await ran("explain", "verify-nothing-expected")).out).toContain("What to do: relate something");
  expect((await ran("explain", "VERIFY_NOTHING_EXPECTD")).told).toContain(
    "did you mean VERIFY_NOTHING_EXPECTED?",
  );
});

test("help lists every command and is printed, not told as an error", async () => {
  const { code, out, told } = await ran("--help");

  expect({ code, told }).toEqual({ code: 0, told: "" });
  for (const name of Object.keys(verbs)) expect(out).toContain(`\n  ${name}`);
  expect((await ran("help", "integrate")).out).toContain("Usage: orrery integrate");
  expect((await ran()).code).toBe(0);
});

test("no engine on the home is an error that says how to start one", async () => {
  const { code, told } = await ran("--home", "/nowhere/at/all", "status");

  expect(code).toBe(1);
  expect(told).toMatch(/^ERROR ENGINE_NOT_RUNNING: .*\/nowhere\/at\/all/);
  expect(told).toContain("orrery up");
});

test.for([
  { args: ["status"], verb: "status" },
  { args: ["--home", "status", "down"], verb: "down" },
  { args: ["relate", "a", "b"], verb: "integrate" },
  { args: ["help", "status"], verb: "status" },
  { args: ["help"], verb: undefined },
  { args: ["--help"], verb: undefined },
])("the command of $args is $verb", ({ args, verb }) => {
  expect(verbOf(args)).toBe(verb);
});
