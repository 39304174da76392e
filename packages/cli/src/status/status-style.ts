import type { Style } from "../terminal/terminal.ts";

const STYLES: Readonly<Record<string, Style>> = {
  active: "green",
  idle: "green",
  waiting: "yellow",
  maintenance: "yellow",
  executing: "yellow",
  allocating: "yellow",
  blocked: "red",
  error: "red",
  unknown: "dim",
};

/** The colour of a status, as Juju colours them: green goes by itself, yellow will, red needs a person. */
export function statusStyle(status: string): Style | undefined {
  return STYLES[status];
}
