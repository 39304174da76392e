import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { active, blocked, defineCharm } from "@orrery/charm";
import type { ConfigOption, LoadedCharm } from "@orrery/charm";
import { observable } from "@orrery/observability";
import { counted, formatProblem, OrreryError } from "@orrery/problems";
import { bindTelemetry, parseTelemetryYaml, resolveDeclaration } from "@orrery/telemetry";
import type { TelemetryDeclaration } from "@orrery/telemetry";
import { readTexts } from "./charm-folder.ts";

/** A charm's name as Juju has it. */
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]*[a-z][a-z0-9]*)*$/;

const TARGETS: ConfigOption = {
  type: "string",
  default: "",
  grants: true,
  description:
    "Where the product answers: host:port, comma-separated. Setting it grants these addresses for scraping.",
};

/**
 * Makes a charm of a `telemetry.yaml` alone: what it declares is offered for the addresses that its option `targets` names.
 *
 * @throws OrreryError `CHARM_INVALID` with what is wrong in the file, by line.
 */
export function loadTelemetryCharm(path: string): LoadedCharm {
  const parsed = parseTelemetryYaml(readFileSync(path, "utf8"), basename(path));
  if (!parsed.declaration) {
    throw new OrreryError("CHARM_INVALID", parsed.problems.map(formatProblem).join("\n"));
  }
  const { declaration } = parsed;
  if (!NAME.test(declaration.product)) {
    throw new OrreryError(
      "CHARM_INVALID",
      `product ${declaration.product} is not of the form ${NAME.source}`,
    );
  }
  const named = declaration.metrics?.find(({ port }) => typeof port === "string");
  if (named) {
    const message = `${basename(path)} gives the port ${named.port} by its name, which only a charm can have; give its number`;
    throw new OrreryError("CHARM_INVALID", message);
  }
  const marker = declaration.rules?.["files"];
  const assets = typeof marker === "string" ? { [marker]: readTexts(dirname(path), marker) } : {};
  const loaded = charmOf(declaration, assets);
  return { ...loaded, problems: [...parsed.problems, ...loaded.problems] };
}

function charmOf(
  declaration: TelemetryDeclaration,
  assets: Readonly<Record<string, Readonly<Record<string, string>>>>,
): LoadedCharm {
  const resolved = resolveDeclaration(declaration, assets);
  const options = Object.fromEntries(resolved.options.map(({ name, ...option }) => [name, option]));
  const charm = defineCharm({
    name: declaration.product,
    summary: `What ${declaration.product} emits, as its telemetry.yaml declares it.`,
    config: { ...options, targets: TARGETS },
    endpoints: { ...observable({ ...declaration, metrics: declaration.metrics ?? [] }) },
    reconcile({ self, config, view, derive }) {
      const targets = String(config["targets"] ?? "")
        .split(",")
        .map((one) => one.trim())
        .filter(Boolean);
      const { unit: _unit, ...identity } = self.topology;
      const bound = derive("telemetry", [JSON.stringify([identity, view.config, view.units])], () =>
        bindTelemetry(resolved, {
          identity,
          metrics: declaration.metrics ?? [],
          ports: {},
          options: view.config,
          units: view.units,
          targets,
        }),
      );
      const status =
        targets.length > 0 ? active(counted(targets.length, "target")) : blocked("set targets=HOST:PORT");
      return { status, publish: { "metrics-endpoint": bound.value }, problems: bound.problems };
    },
  });
  return { ...charm.load({}), problems: resolved.problems };
}
