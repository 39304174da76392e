import { isSecretKey, parseConfigValue, secretIdOf } from "@orrery/charm";
import type { Bag, Manifest, RelationView, View } from "@orrery/charm";
import { OrreryError, isOrreryError } from "@orrery/problems";

/**
 * Refuses a view that no host would give, naming everything that could not be.
 *
 * @throws OrreryError `VIEW_IMPOSSIBLE`.
 */
export function checkView(manifest: Manifest, view: View): void {
  const faults = [
    ...unitFaults(view),
    ...configFaults(manifest, view),
    ...portFaults(manifest, view),
    ...undeclared("container", Object.keys(view.containers), Object.keys(manifest.containers)),
    ...missing("container", Object.keys(manifest.containers), Object.keys(view.containers)),
    ...view.relations.flatMap((relation) => relationFaults(manifest, view, relation)),
    ...countFaults(manifest, view),
    ...secretFaults(view),
  ];
  if (faults.length > 0)
    throw new OrreryError("VIEW_IMPOSSIBLE", `view could not exist: ${faults.join("; ")}`);
}

function unitFaults(view: View): readonly string[] {
  const foreign = view.units.filter((unit) => !belongs(unit, view.application));
  return [
    ...foreign.map((unit) => `unit ${unit} is not one of ${view.application}`),
    ...(view.units.includes(view.unit)
      ? []
      : [`unit ${view.unit} is not among the application's units ${view.units.join(", ")}`]),
    ...(!view.leader && view.units.length < 2 ? [`unit ${view.unit} is alone, so it leads`] : []),
  ];
}

function configFaults(manifest: Manifest, view: View): readonly string[] {
  return Object.entries(view.config).flatMap(([name, value]) => {
    const option = Object.hasOwn(manifest.config, name) ? manifest.config[name] : undefined;
    if (!option) return undeclared("option", [name], Object.keys(manifest.config));
    try {
      const parsed = parseConfigValue(name, option, value);
      return parsed === value
        ? []
        : [`option ${name} is the text ${JSON.stringify(value)}; a host gives ${String(parsed)}`];
    } catch (cause) {
      if (!isOrreryError(cause)) throw cause;
      return [cause.message];
    }
  });
}

function portFaults(manifest: Manifest, { network }: View): readonly string[] {
  const numbers = Object.values(network.ports);
  return [
    ...undeclared("port", Object.keys(network.ports), Object.keys(manifest.ports)),
    ...numbers
      .filter((port) => !Number.isInteger(port) || port < 1 || port > 65535)
      .map((port) => `port ${port} is not from 1 to 65535`),
    ...(new Set(numbers).size === numbers.length
      ? []
      : [`two ports of ${numbers.join(", ")} have one number`]),
  ];
}

function relationFaults(manifest: Manifest, view: View, relation: RelationView): readonly string[] {
  const { id, endpoint, application, units, bags } = relation;
  const spec = Object.hasOwn(manifest.endpoints, endpoint) ? manifest.endpoints[endpoint] : undefined;
  if (!spec) return undeclared("endpoint", [endpoint], Object.keys(manifest.endpoints));
  const own = application === view.application;
  const at = `relation ${id} of ${endpoint}`;
  const all: readonly Bag[] = [
    bags.localApplication,
    bags.localUnit,
    bags.remoteApplication,
    ...Object.values(bags.remoteUnits),
  ];
  return [
    ...(spec.interface === relation.interface
      ? []
      : [`${at} has interface ${relation.interface}; declared is ${spec.interface}`]),
    ...(spec.role === "peers" && !own ? [`${at} is with peers, but names application ${application}`] : []),
    ...(spec.role !== "peers" && own ? [`${at} is with the charm's own application`] : []),
    ...(units.includes(view.unit) ? [`${at} has the unit itself on the other side`] : []),
    ...units
      .filter((unit) => !belongs(unit, application))
      .map((unit) => `${at} has unit ${unit}, which is not one of ${application}`),
    ...Object.keys(bags.remoteUnits)
      .filter((unit) => !units.includes(unit))
      .map((unit) => `${at} has a bag of ${unit}, which is no unit of it`),
    ...(view.leader || Object.keys(bags.localApplication).length === 0
      ? []
      : [`${at} shows a unit that does not lead its application's bag`]),
    ...(all.every(holdsTexts) ? [] : [`${at} has a bag with something other than texts`]),
    ...relation.granted
      .filter((one) => !/^\S+$/u.test(one))
      .map((one) => `${at} grants ${JSON.stringify(one)}, which is no address`),
  ];
}

function countFaults(manifest: Manifest, { relations }: View): readonly string[] {
  const ids = relations.map(({ id }) => id);
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
  const over = Object.entries(manifest.endpoints).filter(
    ([name, { limit }]) =>
      limit !== undefined && relations.filter(({ endpoint }) => endpoint === name).length > limit,
  );
  return [
    ...twice.map((id) => `relation id ${id} is there twice`),
    ...over.map(([name, { limit }]) => `endpoint ${name} has more than its ${limit} relations`),
  ];
}

function secretFaults({ secrets, relations }: View): readonly string[] {
  const ids = new Set(relations.map(({ id }) => id));
  return Object.entries(secrets).flatMap(([uri, { revision, content, sharedWith = [] }]) => [
    ...(secretIdOf(uri) === undefined
      ? [`secret ${JSON.stringify(uri)} is not named by a secret's URI`]
      : []),
    ...(Number.isInteger(revision) && revision > 0 ? [] : [`secret ${uri} has the revision ${revision}`]),
    ...(Object.keys(content).length > 0 && holdsTexts(content) ? [] : [`secret ${uri} holds no texts`]),
    ...Object.keys(content)
      .filter((key) => !isSecretKey(key))
      .map((key) => `secret ${uri} has a key ${JSON.stringify(key)} that no secret can have`),
    ...sharedWith
      .filter((id) => !ids.has(id))
      .map((id) => `secret ${uri} is shared with relation ${id}, which the unit is not part of`),
  ]);
}

function holdsTexts(bag: Bag): boolean {
  return Object.values(bag).every((value: unknown) => typeof value === "string");
}

function belongs(unit: string, application: string): boolean {
  return unit.startsWith(`${application}/`) && /^\d+$/u.test(unit.slice(application.length + 1));
}

function undeclared(kind: string, found: readonly string[], declared: readonly string[]): readonly string[] {
  const known = declared.join(", ") || "none";
  return found
    .filter((name) => !declared.includes(name))
    .map((name) => `${kind} ${name} is not declared; declared are ${known}`);
}

function missing(kind: string, declared: readonly string[], found: readonly string[]): readonly string[] {
  return declared
    .filter((name) => !found.includes(name))
    .map((name) => `${kind} ${name} is declared but not there`);
}
