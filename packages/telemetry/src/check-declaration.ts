import { durationSeconds } from "@orrery/query";
import { isIdentityLabel } from "@orrery/topology";
import { Ajv } from "ajv";
import type { ErrorObject, ValidateFunction } from "ajv";
import type { MetricsDeclaration, TelemetryDeclaration } from "./declaration.ts";
import { declarationSchema } from "./declaration-schema.ts";

/** What is wrong with a declaration, and where. */
export interface DeclarationFault {
  /** Keys and positions from the declaration down to the fault. */
  readonly path: readonly (string | number)[];
  /** Starts with the thing. */
  readonly message: string;
}

const validate: ValidateFunction<TelemetryDeclaration> = new Ajv({
  allErrors: true,
  allowUnionTypes: true,
  discriminator: true,
}).compile<TelemetryDeclaration>(declarationSchema);

/** Says what is wrong with a value that should be a declaration; at most ten faults, none when it is one. */
export function checkDeclaration(value: unknown): readonly DeclarationFault[] {
  if (!validate(value)) {
    // What an alternative says of itself adds nothing to what its choice says.
    const faults = (validate.errors ?? []).filter(({ keyword }) => keyword !== "propertyNames").map(told);
    return faults
      .filter(({ message }, at) => faults.findIndex((one) => one.message === message) === at)
      .slice(0, 10);
  }
  return checkMetrics(value.metrics ?? []).slice(0, 10);
}

/** Says what is wrong with endpoints beyond what their schema says. */
export function checkMetrics(metrics: readonly MetricsDeclaration[]): readonly DeclarationFault[] {
  const faults: DeclarationFault[] = [];
  const jobs = new Set<string>();
  for (const [index, one] of metrics.entries()) {
    const path = ["metrics", index] as const;
    const job = one.job ?? "";
    if (jobs.has(job)) {
      const message =
        job === "" ? "metrics with several endpoints need a job each" : `job ${job} is declared twice`;
      faults.push({ path: [...path, "job"], message });
    }
    jobs.add(job);
    for (const label of Object.keys(one.labels ?? {})) {
      if (isIdentityLabel(label)) {
        faults.push({
          path: [...path, "labels", label],
          message: `label ${label} is an identity label, which only the host writes`,
        });
      }
    }
    const interval = one.interval === undefined ? undefined : durationSeconds(one.interval);
    const timeout = one.timeout === undefined ? undefined : durationSeconds(one.timeout);
    if (interval !== undefined && interval < 1) {
      faults.push({
        path: [...path, "interval"],
        message: `interval is ${one.interval}; the shortest allowed is 1s`,
      });
    }
    if (interval !== undefined && timeout !== undefined && timeout > interval) {
      faults.push({
        path: [...path, "timeout"],
        message: `timeout is ${one.timeout}, longer than the interval of ${one.interval}`,
      });
    }
  }
  return faults;
}

function told(error: ErrorObject): DeclarationFault {
  const path = error.instancePath.split("/").slice(1).map(step);
  const name: unknown = error.params["additionalProperty"] ?? error.propertyName;
  const where = path.length === 0 ? "the declaration" : path.join(".");
  if (error.keyword === "additionalProperties" && typeof name === "string") {
    return { path: [...path, name], message: `${where} has the unknown key ${JSON.stringify(name)}` };
  }
  if (typeof name === "string") {
    return {
      path: [...path, name],
      message: `${where} has the key ${JSON.stringify(name)}, which ${error.message}`,
    };
  }
  const allowed: unknown = error.params["allowedValues"];
  const said = Array.isArray(allowed) ? `must be one of ${allowed.join(", ")}` : error.message;
  return { path, message: `${where} ${said}` };
}

function step(text: string): string | number {
  const key = text.replaceAll("~1", "/").replaceAll("~0", "~");
  return /^\d+$/.test(key) ? Number(key) : key;
}
