import { posix } from "node:path";
import type { CheckView, ContainerOutcome, ServiceView } from "@orrery/charm";
import { isOrreryError } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import type { ContainerDisk } from "../files/container-disk.ts";
import type { OwnNames } from "../files/publication-record.ts";
import type { HttpPost } from "../http-post.ts";
import type { RunProgram } from "../run-program.ts";
import type { AppliedServices, ServiceRunner } from "../service-runner.ts";
import { probeCheck } from "./probe-check.ts";
import { renderUnit } from "./render-unit.ts";
import type { SeenUnit } from "./systemctl.ts";
import { Systemctl } from "./systemctl.ts";

/** What running a container's services by systemd takes. */
export interface SystemdServicesOptions {
  readonly disk: ContainerDisk;
  readonly run: RunProgram;
  readonly post: HttpPost;
  /** Where unit files lie. */
  readonly unitFolder: string;
  /** What units are called before their service's name: `orrery-storefront-0-shop-`. */
  readonly prefix: string;
  /** Such as `storefront/0`. */
  readonly unit: string;
  readonly workingFolder: string;
  readonly workload: string;
}

/** Runs a container's services as systemd units of the machine. */
export class SystemdServices implements ServiceRunner {
  readonly #options: SystemdServicesOptions;
  readonly #systemctl: Systemctl;
  readonly post: ServiceRunner["post"];

  constructor(options: SystemdServicesOptions) {
    this.#options = options;
    this.#systemctl = new Systemctl(options.run);
    this.post = options.post;
  }

  readonly apply = async ({ services }: ContainerOutcome, before: OwnNames): Promise<AppliedServices> => {
    const { disk } = this.#options;
    const stale = before.services.filter((name) => !Object.hasOwn(services, name));
    const files = Object.entries(services).map(([name, service]) => ({
      name,
      path: this.#pathOf(name),
      content: renderUnit(service, {
        description: `${this.#options.unit} ${name}`,
        workingFolder: this.#options.workingFolder,
        unitOf: (other) => this.#unitOf(other),
        workload: this.#options.workload,
      }),
      mode: 0o600,
    }));
    const present = await disk.read(files.map(({ path }) => path));
    const changed = files.filter(({ path, content }) => present.get(path) !== content);
    await this.#end(stale);
    await disk.write(changed);
    if (changed.length + stale.length > 0) await this.#systemctl.reload();
    const enabled = Object.keys(services).filter((name) => services[name]?.startup !== "disabled");
    const disabled = Object.keys(services).filter((name) => !enabled.includes(name));
    const seen = await this.#systemctl.look(Object.keys(services).map((name) => this.#unitOf(name)));
    const runs = (name: string): boolean => seen.get(this.#unitOf(name))?.active === "active";
    const running = enabled.filter((name) => runs(name) && !changed.some((file) => file.name === name));
    const started = enabled.filter((name) => !running.includes(name));
    await this.#systemctl.tell(
      ["disable", "--now"],
      disabled.filter(runs).map((name) => this.#unitOf(name)),
    );
    return { running, started, problems: await this.#start(started) };
  };

  readonly observe: ServiceRunner["observe"] = async ({ services, checks = {} }) => {
    const names = Object.keys(services);
    const seen = await this.#systemctl.look(names.map((name) => this.#unitOf(name)));
    const views: Record<string, ServiceView> = {};
    for (const name of names) views[name] = await this.#view(this.#unitOf(name), seen);
    const around = { run: this.#options.run, folder: this.#options.workingFolder };
    const probed = Object.entries(checks).map(async ([name, check]): Promise<[string, CheckView]> => [
      name,
      await probeCheck(check, around),
    ]);
    return { services: views, checks: Object.fromEntries(await Promise.all(probed)) };
  };

  readonly restart = async (service: string): Promise<void> => {
    await this.#systemctl.tell(["restart"], [this.#unitOf(service)]);
  };

  readonly signal: ServiceRunner["signal"] = async (service, signal) => {
    await this.#systemctl.tell(["kill", `--signal=${signal}`], [this.#unitOf(service)]);
  };

  async #start(names: readonly string[]): Promise<readonly Problem[]> {
    const problems: Problem[] = [];
    for (const name of names) {
      try {
        await this.#systemctl.tell(["enable"], [this.#unitOf(name)]);
        await this.#systemctl.tell(["restart"], [this.#unitOf(name)]);
      } catch (cause) {
        // One that cannot be started must not keep the others from it.
        if (!isOrreryError(cause)) throw cause;
        problems.push(cause.toProblem());
      }
    }
    return problems;
  }

  async #end(names: readonly string[]): Promise<void> {
    await this.#systemctl.tell(
      ["disable", "--now"],
      names.map((name) => this.#unitOf(name)),
    );
    await this.#options.disk.remove(names.map((name) => this.#pathOf(name)));
  }

  async #view(unit: string, units: ReadonlyMap<string, SeenUnit>): Promise<ServiceView> {
    const { active = "", sub = "", loaded = false, restarts = 0 } = units.get(unit) ?? {};
    if (!loaded) return { status: "unknown", restarts: 0 };
    if (active === "active") return { status: "running", restarts };
    if (active === "activating" && sub !== "auto-restart") return { status: "starting", restarts };
    const message = await this.#systemctl.lastLog(unit);
    const status = active === "activating" ? "backoff" : "stopped";
    return { status, restarts, ...(message === "" ? {} : { message }) };
  }

  #unitOf(service: string): string {
    return `${this.#options.prefix}${service}.service`;
  }

  #pathOf(service: string): string {
    return posix.join(this.#options.unitFolder, this.#unitOf(service));
  }
}
