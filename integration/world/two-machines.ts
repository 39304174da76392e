import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Namespace } from "./namespace.ts";

/** Addresses that documentation is written with. @see RFC 5737. */
const HERE = "192.0.2.10";
const THERE = "192.0.2.20";

/** In `/proc/net/tcp`. @see Linux, `include/net/tcp_states.h`. */
const LISTENING = "0A";

const GET = `fetch(process.argv[1], { signal: AbortSignal.timeout(5000) })
  .then(async (answer) => process.stdout.write(await answer.text()), () => process.exit(7));`;

/** A machine with one address beside its loopback ones, and another machine that reaches it there: network namespaces with a cable. */
export class TwoMachines implements AsyncDisposable {
  /** The first machine's address. */
  readonly address: string = HERE;
  readonly #here: Namespace;
  readonly #there: Namespace;

  private constructor(here: Namespace, there: Namespace) {
    this.#here = here;
    this.#there = there;
  }

  /** Says whether this machine lets its user make them. */
  static isPossible(): boolean {
    return Namespace.isPossible("net", "ip link add here type veth peer name there");
  }

  static async make(): Promise<TwoMachines> {
    const here = await Namespace.make("net", "ip link set lo up");
    const there = await Namespace.make("net", "ip link set lo up", here);
    const plug = (machine: Namespace, name: string, address: string): void => {
      run([...machine.prefix, "ip", "address", "add", `${address}/24`, "dev", name]);
      run([...machine.prefix, "ip", "link", "set", name, "up"]);
    };
    const cable = `ip link add here type veth peer name there netns ${there.pid}`.split(" ");
    run([...here.prefix, ...cable]);
    plug(here, "here", HERE);
    plug(there, "there", THERE);
    return new TwoMachines(here, there);
  }

  /** What a command is started with so that it runs on the first machine. */
  get prefix(): readonly string[] {
    return this.#here.prefix;
  }

  /** What the other machine gets from an address; nothing where it does not get through. */
  fromThere(url: string): string | undefined {
    try {
      return run([...this.#there.prefix, process.execPath, "-e", GET, url]);
    } catch {
      return undefined;
    }
  }

  /** The addresses on which anything on the first machine listens, each once. */
  listening(): readonly string[] {
    const rows = ["tcp", "tcp6"].flatMap((kind) =>
      readFileSync(`/proc/${this.#here.pid}/net/${kind}`, "utf8").trim().split("\n").slice(1),
    );
    const local = rows
      .map((row) => row.trim().split(/\s+/))
      .filter(([, , , state]) => state === LISTENING)
      .map(([, address = ""]) => readAddress(address.split(":")[0] ?? ""));
    return [...new Set(local)].toSorted();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#there[Symbol.asyncDispose]();
    await this.#here[Symbol.asyncDispose]();
  }
}

/** The kernel writes IPv4 as one number in the machine's own order; IPv6 is left as it is. */
function readAddress(hex: string): string {
  return hex.length === 8 ? [...Buffer.from(hex, "hex")].toReversed().join(".") : hex;
}

function run([command = "", ...args]: readonly string[]): string {
  return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
