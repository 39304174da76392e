import type { Action } from "@orrery/charm";

/** One alert as the workload kept it. */
interface Kept {
  readonly at: string;
  readonly status: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
}

/** `orrery run webhook-receiver/0 show`: what Alertmanager has sent, newest last. */
export const show: Action = {
  description: "Shows the alerts that Alertmanager has sent, newest last.",
  params: {
    limit: { type: "integer", default: 20, description: "How many to show, counted from the newest." },
    alert: { type: "string", description: "Only alerts of this name." },
  },
  async run({ network }, params, { get }) {
    const { status, body } = await get(`http://${network.address}:${network.ports["http"]}/notifications`);
    if (status !== 200) throw new Error(`the receiver answered ${status}: ${body.slice(0, 200)}`);
    const kept = JSON.parse(body) as readonly Kept[];
    const wanted = kept.filter(
      ({ labels }) => params["alert"] === undefined || labels["alertname"] === params["alert"],
    );
    const limit = typeof params["limit"] === "number" ? params["limit"] : 20;
    return { notifications: limit > 0 ? wanted.slice(-limit).map(tell) : [] };
  },
};

function tell({ at, status, labels, annotations, startsAt }: Kept): Readonly<Record<string, unknown>> {
  return { received: at, since: startsAt, status, labels, annotations };
}
