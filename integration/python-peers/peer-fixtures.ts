import { fileURLToPath } from "node:url";
import { pythonEnvironment } from "./python-environment.ts";
import { runToEnd } from "./run-to-end.ts";

const SCRIPT = fileURLToPath(new URL("scenario/make_fixtures.py", import.meta.url));

/** Where the fixtures lie for the unit tests that read them. */
export const FIXTURES_FOLDER: string = fileURLToPath(
  new URL("../../packages/relations/test/fixtures/", import.meta.url),
);

/** What the Python peers write and read now, as the texts of fixture files by name; the same each time. */
export async function peerFixtures(): Promise<Readonly<Record<string, string>>> {
  const { python } = await pythonEnvironment();
  const made = await runToEnd(python, [SCRIPT], { env: process.env, timeoutMs: 120_000 });
  if (made.failure !== undefined) throw new Error(`fixtures were not made: ${made.failure}`);
  const contents: Readonly<Record<string, unknown>> = JSON.parse(made.stdout);
  return Object.fromEntries(
    Object.entries(contents).map(([name, content]) => [name, `${JSON.stringify(content, undefined, 1)}\n`]),
  );
}
