import type { Core } from "../core.ts";
import type { DisconnectPlan } from "./disconnect-external.ts";
import type { Rest } from "./external-commands.ts";
import { planCommandFor, planDisconnectFor } from "./external-commands.ts";
import { openSystem } from "./open-system.ts";
import type { ExternalPlan } from "./plan-external.ts";
import { theExternal } from "./the-external.ts";

/** What can be asked about the foreign systems of a model; each by its application, or the only one. */
export class Bridges {
  readonly #core: Core;
  readonly #rest: Rest;

  constructor(core: Core, rest: Rest) {
    this.#core = core;
    this.#rest = rest;
  }

  /**
   * What `apply` would do to a foreign system, after a look at it.
   *
   * @throws OrreryError `EXTERNAL_NONE`, `EXTERNAL_BUSY`, `COMMAND_INVALID` where more than one system may be meant.
   */
  async plan(application?: string): Promise<ExternalPlan> {
    return await planCommandFor(this.#core, application, this.#rest);
  }

  /** What `disconnect` would take away. @throws OrreryError as {@link plan}. */
  async planDisconnect(application?: string): Promise<DisconnectPlan> {
    return await planDisconnectFor(this.#core, application, this.#rest);
  }

  /** One GET of a foreign system with its connection's credentials. @throws OrreryError `EXTERNAL_NONE`, `ADDRESS_NOT_GRANTED`. */
  async get(application: string, url: string): Promise<{ readonly status: number; readonly body: string }> {
    const record = theExternal(this.#core, application);
    return await (await openSystem(this.#core, record, record)).get(url);
  }
}
