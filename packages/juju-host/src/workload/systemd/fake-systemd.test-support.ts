import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CommandResult } from "../files/container-disk.ts";
import type { RunProgram } from "../run-program.ts";

interface FakeUnit {
  /** As it was when systemd last read it. */
  text: string;
  active: boolean;
  enabled: boolean;
}

/** A systemd that is not there: knows unit files once it was told to read them, and starts what it is told to. */
export class FakeSystemd {
  readonly #folder: string;
  readonly #units = new Map<string, FakeUnit>();
  /** What it was told, without what it was only asked. */
  readonly told: string[] = [];
  /** Units whose command ends at once. */
  readonly failing: Set<string> = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  readonly run: RunProgram = async (command) => {
    const [program, ...args] = command;
    if (program === "journalctl") return answer("it had bad luck\n");
    if (program !== "systemctl") return answer(`${command.join(" ")}\n`);
    const [, verb = "", ...rest] = args;
    const at = rest.indexOf("--");
    const units = at === -1 ? [] : rest.slice(at + 1);
    if (verb === "show") return answer(units.map((unit) => this.#show(unit)).join("\n\n"));
    this.told.push([verb, ...rest.filter((word) => word !== "--")].join(" "));
    for (const unit of units) {
      if (!this.#units.has(unit))
        return { ran: true, exitCode: 5, stdout: "", stderr: `Unit ${unit} not found.` };
    }
    if (verb === "daemon-reload") this.#reload();
    for (const unit of units) this.#tell(verb, rest.includes("--now"), unit);
    return answer("");
  };

  #tell(verb: string, now: boolean, name: string): void {
    const unit = this.#units.get(name);
    if (!unit) return;
    if (verb === "enable") unit.enabled = true;
    if (verb === "disable") unit.enabled = false;
    if (verb === "restart") unit.active = true;
    if (verb === "stop" || (verb === "disable" && now)) unit.active = false;
  }

  #reload(): void {
    for (const [name, unit] of this.#units) {
      if (existsSync(join(this.#folder, name))) unit.text = readFileSync(join(this.#folder, name), "utf8");
      else this.#units.delete(name);
    }
  }

  /** Has it know a unit file at its next reading, as it looks units up by name when it is told of them. */
  #show(name: string): string {
    const path = join(this.#folder, name);
    if (!this.#units.has(name) && existsSync(path)) {
      this.#units.set(name, { text: readFileSync(path, "utf8"), active: false, enabled: false });
    }
    const unit = this.#units.get(name);
    const up = unit?.active === true && !this.failing.has(name);
    const broken = unit?.active === true && this.failing.has(name);
    return [
      `Id=${name}`,
      `LoadState=${unit ? "loaded" : "not-found"}`,
      `ActiveState=${up ? "active" : broken ? "activating" : "inactive"}`,
      `SubState=${up ? "running" : broken ? "auto-restart" : "dead"}`,
      `NRestarts=${broken ? 4 : 0}`,
    ].join("\n");
  }
}

function answer(stdout: string): CommandResult {
  return { ran: true, exitCode: 0, stdout, stderr: "" };
}
