import { appendFileSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The most alerts that are kept. */
const KEPT = 1000;

/** Alerts in the order in which they came, as JSON lines in a file that outlives the process. */
export class Journal {
  #file;
  #entries;

  constructor(folder) {
    this.#file = join(folder, "notifications.jsonl");
    this.#entries = read(this.#file);
  }

  add(entries) {
    appendFileSync(this.#file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    this.#entries.push(...entries);
    if (this.#entries.length > 2 * KEPT) this.#shorten();
  }

  all() {
    return this.#entries.slice(-KEPT);
  }

  #shorten() {
    this.#entries = this.#entries.slice(-KEPT);
    const next = `${this.#file}.next`;
    writeFileSync(next, this.#entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    renameSync(next, this.#file);
  }
}

/** A last line that was cut short by a crash is left out. */
function read(file) {
  let text = "";
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  return text.split("\n").flatMap((line) => {
    try {
      return line === "" ? [] : [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}
