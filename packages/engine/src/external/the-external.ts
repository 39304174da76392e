import { OrreryError } from "@orrery/problems";
import type { Core } from "../core.ts";
import { leaderOf } from "../model/model.ts";
import { didYouMean } from "../model/near-matches.ts";
import type { ExternalRecord } from "./external-record.ts";
import type { ExternalOutcome } from "@orrery/charm";

/**
 * The foreign system of an application, or of the only one that has any; the application itself may be gone.
 *
 * @throws OrreryError `EXTERNAL_NONE`, `COMMAND_INVALID` where more than one is meant.
 */
export function theExternal(core: Core, application: string | undefined): ExternalRecord {
  const all = core.db.external.values();
  const known = [...new Set(all.map((record) => record.application))];
  const found = application === undefined ? all : all.filter((record) => record.application === application);
  const [one, another] = found;
  if (one && another === undefined) return one;
  if (one) {
    throw new OrreryError("COMMAND_INVALID", `several foreign systems may be meant: ${known.join(", ")}`, {
      remedy: "name the application",
    });
  }
  const named = application ?? "";
  const message =
    application === undefined
      ? "no application of the model has a foreign system"
      : `application ${named} has no foreign system${didYouMean(named, known)}`;
  throw new OrreryError("EXTERNAL_NONE", message, {
    ...(known.length === 0 ? {} : { remedy: `name one of: ${known.join(", ")}` }),
    ...(application === undefined ? {} : { origin: { application } }),
  });
}

/** What the application's leader wants of its foreign system now; nothing before its charm has said so. */
export function wantedOf(core: Core, { application, name }: ExternalRecord): ExternalOutcome | undefined {
  const leader = leaderOf(core.db, application);
  const external = leader === undefined ? undefined : core.runtimes.get(leader)?.outcome?.external;
  return external && Object.hasOwn(external, name) ? external[name] : undefined;
}
