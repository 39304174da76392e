import { active, blocked, defineCharm, externalMark, waiting } from "@orrery/charm";
import type { Charm, ExternalObject } from "@orrery/charm";
import { word } from "../toy-charms.test-support.ts";

/** Wants two objects for each word that it hears, once it knows the system that it bridges. */
export const bridge: Charm = defineCharm({
  name: "bridge",
  config: {
    folder: { type: "string", default: "/there" },
    token: { type: "string" },
    version: { type: "string", default: "1" },
  },
  endpoints: { in: word("requires") },
  reconcile: ({ config, endpoints, external, view }) => {
    const mark = externalMark({ modelUuid: view.model.uuid, application: view.application, name: "target" });
    const found = external["target"];
    const connection = { url: "http://there", folder: config.folder };
    const system = {
      backend: "toy-foreign",
      connection,
      ...(config.token === undefined ? {} : { credentials: config.token }),
    };
    if (!found?.known) {
      const why = found?.problems[0]?.message ?? "to look";
      return { status: waiting(why), external: { target: system } };
    }
    const objects: Record<string, ExternalObject> = {};
    for (const { key, value } of endpoints.in.relations) {
      const said = `${mark} ${value.join(" ")} ${config.version}`;
      objects[`targets-${key}`] = { stage: "targets", content: `${said} targets`, contributor: key };
      objects[`rules-${key}`] = { stage: "rules", content: `${said} rules`, contributor: key };
    }
    const live = Object.values(found.objects).filter(({ state }) => state === "live").length;
    const status =
      found.problems.length > 0 ? blocked(found.problems[0]?.code ?? "") : active(`${live} live`);
    return {
      status,
      external: { target: { ...system, objects } },
      expectations: Object.keys(objects).map((name) => ({
        signal: "metrics" as const,
        kind: "target",
        name,
        application: view.application,
        container: "target",
      })),
    };
  },
});
