import { OrreryError } from "@orrery/problems";
import type { RunProgram } from "../run-program.ts";

/** A unit as systemd tells of it. */
export interface SeenUnit {
  /** `active`, `activating`, `deactivating`, `inactive`, `failed`. */
  readonly active: string;
  /** Such as `running` or `auto-restart`. */
  readonly sub: string;
  /** Whether there is such a unit. */
  readonly loaded: boolean;
  readonly restarts: number;
}

const DEADLINE_MS = 90_000;
const PROPERTIES = ["Id", "LoadState", "ActiveState", "SubState", "NRestarts"];

/** Asks and tells a machine's systemd. */
export class Systemctl {
  readonly #run: RunProgram;

  constructor(run: RunProgram) {
    this.#run = run;
  }

  /** Has units do something; nothing to do for none. @throws OrreryError `SYSTEMD_FAILED` with its words. */
  async tell(verb: readonly string[], units: readonly string[]): Promise<void> {
    if (units.length > 0) await this.#call([...verb, "--", ...units]);
  }

  /** Has systemd read unit files again. @throws OrreryError `SYSTEMD_FAILED`. */
  async reload(): Promise<void> {
    await this.#call(["daemon-reload"]);
  }

  /** Looks at units. @throws OrreryError `SYSTEMD_FAILED`. */
  async look(units: readonly string[]): Promise<ReadonlyMap<string, SeenUnit>> {
    if (units.length === 0) return new Map();
    const said = await this.#call(["show", `--property=${PROPERTIES.join(",")}`, "--", ...units]);
    const found = said.split(/\n\s*\n/).map((text) => {
      const lines = text.split("\n").filter((line) => line.includes("="));
      return new Map(
        lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
      );
    });
    return new Map(
      found.map((unit) => [
        unit.get("Id") ?? "",
        {
          active: unit.get("ActiveState") ?? "",
          sub: unit.get("SubState") ?? "",
          loaded: unit.get("LoadState") === "loaded",
          restarts: Number(unit.get("NRestarts") ?? 0),
        },
      ]),
    );
  }

  /** The last lines that a unit wrote, on one line; empty where the journal does not tell. */
  async lastLog(unit: string): Promise<string> {
    const command = ["journalctl", `--unit=${unit}`, "--lines=3", "--output=cat", "--no-pager"];
    const result = await this.#run(command, { folder: "/", deadlineMs: DEADLINE_MS });
    const text = result.ran && result.exitCode === 0 ? result.stdout : "";
    return text.trim().split("\n").join(" | ").replaceAll(/\s+/g, " ").slice(0, 500);
  }

  async #call(args: readonly string[]): Promise<string> {
    const command = ["systemctl", "--no-ask-password", ...args];
    const result = await this.#run(command, { folder: "/", deadlineMs: DEADLINE_MS });
    if (result.ran && result.exitCode === 0) return result.stdout;
    const said = result.ran ? result.stderr.trim() || `exit code ${result.exitCode}` : result.why;
    const message = `systemctl ${args[0]} failed: ${said.replaceAll(/\s+/g, " ").slice(0, 500)}`;
    throw new OrreryError("SYSTEMD_FAILED", message);
  }
}
