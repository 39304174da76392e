import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openModel } from "@orrery/engine-local";
import type { OpenModelOptions, OpenedModel } from "@orrery/engine-local";

/** What differs from the usual. */
export interface ConnectedOptions extends Pick<OpenModelOptions, "environment"> {
  /** Name or folder of the bridge's charm. */
  readonly charm?: string;
}

/** A model in this process, bridged to a server, with products that run elsewhere: nothing is started for it. */
export class BridgedModel implements AsyncDisposable {
  readonly model: OpenedModel;
  /** What happened, in words. */
  readonly events: readonly string[];
  /** Its data folder. */
  readonly home: string;

  private constructor(model: OpenedModel, home: string, events: readonly string[]) {
    this.model = model;
    this.home = home;
    this.events = events;
  }

  /** Opens a model, and connects it to a server by options of the bridge. */
  static async connected(
    config: Readonly<Record<string, string>>,
    { charm = "external-prometheus", ...options }: ConnectedOptions = {},
  ): Promise<BridgedModel> {
    const home = mkdtempSync(join(tmpdir(), "orrery-bridged-"));
    const events: string[] = [];
    const model = await openModel({ ...options, home, onEvent: ({ message }) => void events.push(message) });
    await model.command({ command: "deploy", charm, application: "bridge", config });
    return new BridgedModel(model, home, events);
  }

  /** Deploys a product that answers at these addresses, with one alert, and relates it. */
  async relate(name: string, targets: string): Promise<void> {
    const folder = join(this.home, name);
    mkdirSync(join(folder, "rules"), { recursive: true });
    writeFileSync(
      join(folder, "telemetry.yaml"),
      `product: ${name}\nowner: team\nmetrics: [{ port: 80 }]\nrules: { files: ./rules }\n`,
    );
    writeFileSync(
      join(folder, "rules/own.yaml"),
      "groups: [{ name: own, rules: [{ alert: Crowded, expr: 'go_goroutines > 1e9' }] }]\n",
    );
    await this.model.command({ command: "deploy", charm: folder, application: name, config: { targets } });
    await this.model.command({ command: "integrate", a: name, b: "bridge" });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.model[Symbol.asyncDispose]();
    rmSync(this.home, { recursive: true, force: true });
  }
}
