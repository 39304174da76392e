import { jsonField } from "@orrery/databag";
import type { Field, PyJson } from "@orrery/databag";
import type { Self } from "@orrery/charm";

/** Who speaks, as peers write it. @see canonical/cos-lib, `src/cosl/juju_topology.py`. */
export interface TopologyRecord {
  readonly model?: string;
  readonly model_uuid?: string;
  readonly application?: string;
  readonly unit?: string;
  readonly charm_name?: string;
}

const name = { type: ["string", "null"], maxLength: 256, pattern: "^[ -~]*$" };

/** Makes the field of an application bag that says who speaks. */
export function topologyField(key: string): Field<TopologyRecord, PyJson> {
  return jsonField(key, {
    type: "object",
    properties: { model: name, model_uuid: name, application: name, unit: name, charm_name: name },
  });
}

/** Gives the record of the unit that writes, its keys in the peers' order. */
export function topologyRecord({ topology }: Self): PyJson {
  const { model, modelUuid, application, unit, charm } = topology;
  return { model, model_uuid: modelUuid, application, unit, charm_name: charm };
}
