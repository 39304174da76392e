import { expect, test } from "vitest";
import { resultName, setResults } from "./action-tools.ts";
import { HookTools } from "./hook-tools.ts";

test.for([
  ["delivered", "delivered"],
  ["deliveredCount", "delivered-count"],
  ["Last_Error", "last-error"],
  ["stdout", "result-stdout"],
  ["é", "result"],
])("a result called %s goes by %s in Juju", ([name = "", wanted]) => {
  expect(resultName(name)).toBe(wanted);
});

test("a result longer than an argument may be is refused with its size", async () => {
  const tools = new HookTools(async () => ({ exitCode: 0, stdout: "", stderr: "" }));

  await expect(setResults(tools, { all: "x".repeat(131_070) })).rejects.toMatchObject({
    code: "ACTION_RESULT_INVALID",
    message: "result all has 131074 bytes; Juju takes 131071",
  });
});
