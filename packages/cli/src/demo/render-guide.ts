import type { ModelStatus } from "@orrery/engine";
import { table } from "../output/table.ts";
import type { Paint } from "../terminal/terminal.ts";

/** Draws where things answer, and what to try next; `command` is how a person types it here, such as `npx orrery`. */
export function renderGuide(status: ModelStatus, command: string, paint: Paint): string {
  const addresses = [
    ["shop", address(status, ["storefront", "http"]), "the product, with customers of its own"],
    ["Prometheus", address(status, ["prometheus", "web"], "/api/v1/targets"), "what it scrapes"],
    ["", address(status, ["prometheus", "web"], "/api/v1/alerts"), "what fires"],
    ["Alertmanager", address(status, ["alertmanager", "web"]), "what it delivers"],
  ].filter(([, url]) => url !== "");
  const tries = [
    [`${command} status --relations`, "who is there and who is related to whom"],
    [`${command} config storefront fault=errors`, "break the shop: an alert fires within a minute"],
    [`${command} run webhook-receiver/0 show`, "see what Alertmanager delivered"],
    [`${command} config storefront fault=none`, "mend it: the alert is resolved"],
    [`${command} add-unit storefront -n 2`, "two more shops: two more targets"],
    [`${command} verify --full`, "ask for everything again, one line each"],
  ];
  return `${paint("bold", "Open")}\n${lines(addresses, paint)}\n${paint("bold", "Try, in another terminal")}\n${lines(tries, paint)}`;
}

function lines(rows: readonly (readonly string[])[], paint: Paint): string {
  const columns = [{ title: "" }, { title: "" }, { title: "" }];
  const cells = rows.map((row) => {
    const last = row.length - 1;
    return ["", ...row.map((text, i) => (i === last ? { text, style: "dim" as const } : text))];
  });
  // The headings are empty: their line is left out.
  return table([...columns, { title: "" }], cells, paint).replace(/^.*\n/, "");
}

function address(
  status: ModelStatus,
  [application, port]: readonly [application: string, port: string],
  path: string = "/",
): string {
  const [unit] = Object.values(status.applications[application]?.units ?? {});
  const number = unit?.ports[port];
  return unit?.address === undefined || number === undefined ? "" : `http://${unit.address}:${number}${path}`;
}
