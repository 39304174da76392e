import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { FIXTURES_FOLDER, peerFixtures } from "./peer-fixtures.ts";

// npm run peer-fixtures --workspace=@orrery/integration
for (const [name, text] of Object.entries(await peerFixtures())) {
  writeFileSync(join(FIXTURES_FOLDER, name), text);
  process.stdout.write(`wrote ${name}\n`);
}
