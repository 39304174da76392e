// @ts-check
// `npm run set-up`: makes the clone ready and prints the path of the Node that runs it.
import { report } from "./failure.mjs";
import { prepare } from "./prepare.mjs";

try {
  process.stdout.write(`${await prepare()}\n`);
} catch (error) {
  report(error);
}
