import type { ApplicationStatus, ModelStatus, UnitStatus } from "@orrery/engine";
import type { Cell } from "../output/table.ts";
import { table } from "../output/table.ts";
import type { Paint } from "../terminal/terminal.ts";
import { statusStyle } from "./status-style.ts";

/** Draws a model as `juju status` does: the model, its applications, their units, and relations when they are there. */
export function renderStatus(status: ModelStatus, paint: Paint): string {
  const applications = Object.entries(status.applications);
  if (applications.length === 0) {
    return `${header(status, paint)}\nModel "${status.model.name}" is empty. Deploy something: \`orrery deploy CHARM\`\n`;
  }
  const units = applications.flatMap(([, application]) => Object.entries(application.units));
  const parts = [header(status, paint), applicationTable(applications, paint)];
  if (units.length > 0) parts.push(unitTable(units, paint));
  if (status.relations && status.relations.length > 0) parts.push(relationTable(status, paint));
  return parts.join("\n");
}

function header({ model, controller }: ModelStatus, paint: Paint): string {
  const time = new Date(controller.timestamp).toTimeString().slice(0, 8);
  const { current, message } = model["model-status"];
  const titles = ["Model", "Controller", "Status", "Timestamp", ...(message === undefined ? [] : ["Notes"])];
  const row = [model.name, "embedded", current, time, ...(message === undefined ? [] : [message])];
  return table(
    titles.map((title) => ({ title })),
    [row],
    paint,
  );
}

function applicationTable(
  applications: readonly (readonly [string, ApplicationStatus])[],
  paint: Paint,
): string {
  const rows = applications.map(([name, application]): readonly Cell[] => {
    const { current, message } = application["application-status"];
    const units = Object.values(application.units);
    const ready = units.filter((unit) => unit["workload-status"].current === "active").length;
    const scale = ready === units.length ? String(units.length) : `${ready}/${units.length}`;
    return [name, status(current), scale, application["charm-name"], message ?? ""];
  });
  return table(
    [
      { title: "App" },
      { title: "Status" },
      { title: "Scale", align: "right" },
      { title: "Charm" },
      { title: "Message" },
    ],
    rows,
    paint,
  );
}

function unitTable(units: readonly (readonly [string, UnitStatus])[], paint: Paint): string {
  const rows = units.map(([name, unit]): readonly Cell[] => {
    const workload = unit["workload-status"];
    const agent = unit["juju-status"].current;
    const ports = unit["open-ports"].join(",");
    const leader = unit.leader ? "*" : "";
    return [
      `${name}${leader}`,
      status(workload.current),
      status(agent),
      unit.address ?? "",
      ports,
      workload.message ?? "",
    ];
  });
  const titles = ["Unit", "Workload", "Agent", "Address", "Ports", "Message"];
  return table(
    titles.map((title) => ({ title })),
    rows,
    paint,
  );
}

function relationTable({ relations = [] }: ModelStatus, paint: Paint): string {
  const rows = relations.map(({ endpoints, interface: of, type }): readonly Cell[] => {
    const [provider = "", requirer = provider] = endpoints;
    return [provider, requirer, of, type];
  });
  const titles = ["Integration provider", "Requirer", "Interface", "Type"];
  return table(
    titles.map((title) => ({ title })),
    rows,
    paint,
  );
}

function status(current: string): Cell {
  return { text: current, style: statusStyle(current) };
}
