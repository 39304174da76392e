// Adds up vitest's JSON reports and prints the closing line `N passed, N failed, N skipped`.
//
//   node .ci/sum-tests.mjs [--failed-phase NAME]... REPORT...
//
// Exit code 1 when anything failed, and also when a report is missing, unreadable or holds no test, or when a skipped test does
// not give its reason in parentheses in its name. Each of these, and each phase that failed without a test, counts as a failure.
import { readFileSync } from "node:fs";

const sum = { passed: 0, failed: 0, skipped: 0 };
const args = process.argv.slice(2);
const reports = [];
while (args.length > 0) {
  const arg = args.shift();
  if (arg === "--failed-phase") fail(`phase failed: ${args.shift()}`);
  else reports.push(arg);
}
if (reports.length === 0) fail("no report was given");
for (const report of reports) add(report);
process.stdout.write(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n`);
process.exitCode = sum.failed > 0 ? 1 : 0;

function add(report) {
  const content = read(report);
  if (content === undefined) return;
  const files = content.testResults ?? [];
  const failedBefore = sum.failed;
  for (const file of files) {
    for (const test of file.assertionResults) count(test, file.name);
    if (file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed")) {
      fail(`${file.name}: ${String(file.message).split("\n")[0]}`);
    }
  }
  if (!files.some((file) => file.assertionResults.length > 0)) fail(`${report}: no test ran`);
  if (content.success !== true && sum.failed === failedBefore)
    fail(`${report}: the run failed outside its tests`);
}

function count(test, file) {
  if (test.status === "passed") sum.passed += 1;
  else if (test.status === "failed") fail(`${file}: ${test.fullName}`);
  else if (/\(.+\)/.test(test.fullName)) sum.skipped += 1;
  else fail(`${file}: skipped without a reason in parentheses: ${test.fullName}`);
}

function fail(why) {
  sum.failed += 1;
  process.stdout.write(`FAILED ${why}\n`);
}

function read(report) {
  try {
    return JSON.parse(readFileSync(report, "utf8"));
  } catch (error) {
    fail(`${report}: ${error.message}`);
    return undefined;
  }
}
