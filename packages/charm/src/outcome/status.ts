/** Juju's words for how a unit is. */
export type StatusName = "active" | "waiting" | "blocked" | "maintenance" | "error" | "unknown";

/** A unit's status with what it wants to say of it. */
export interface Status {
  readonly status: StatusName;
  readonly message: string;
}

/** The unit does its work. */
export function active(message: string = ""): Status {
  return { status: "active", message };
}

/** The unit waits for something that will come by itself; say for what. */
export function waiting(message: string): Status {
  return { status: "waiting", message };
}

/** The unit cannot go on until a person does something; say what. */
export function blocked(message: string): Status {
  return { status: "blocked", message };
}

/** The unit is busy with something that will end. */
export function maintenance(message: string): Status {
  return { status: "maintenance", message };
}
