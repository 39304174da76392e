/** The deterministic core: model, commands, settling. */
export { Engine } from "./engine.ts";
export type { EngineOptions } from "./engine.ts";
export type { Surroundings } from "./core.ts";
export type { CharmRunner, CharmSource, Meanwhile, RunnableCharm } from "./charm-source/charm-source.ts";
export { MemoryCharms } from "./charm-source/memory-charms.ts";
export type { Row, RowChange, Store } from "./store/store.ts";
export type { ForeignAccess, ForeignSystem, ForeignSystems } from "./external/foreign-system.ts";
export type { Drift } from "./external/compare-objects.ts";
export type { DisconnectPlan } from "./external/disconnect-external.ts";
export type { ExternalPlan, PlannedChange } from "./external/plan-external.ts";
export { MemoryStore } from "./store/memory-store.ts";
export type {
  ContainerObservation,
  ContainerPlacement,
  Placement,
  Publication,
  PublicationCounters,
  Substrate,
  UnitPlan,
} from "./substrate/substrate.ts";
export { MemorySubstrate } from "./substrate/memory-substrate.ts";
export type { Vault } from "./vault/vault.ts";
export { MemoryVault } from "./vault/memory-vault.ts";
export { readCommand } from "./commands/read-command.ts";
export type {
  AddSecretCommand,
  AddUnitCommand,
  ApplyCommand,
  Command,
  CommandResult,
  ConfigCommand,
  DeployCommand,
  GrantSecretCommand,
  DisconnectCommand,
  IntegrateCommand,
  RemoveApplicationCommand,
  RemoveRelationCommand,
  RemoveSecretCommand,
  RemoveUnitCommand,
  RevokeSecretCommand,
  RunCommand,
  UpdateSecretCommand,
  UndoCommand,
} from "./commands/command.ts";
export { countNames, countsBetween, noCounts } from "./reports/counters.ts";
export type { EngineCounters } from "./reports/counters.ts";
export { printable } from "./reports/event-log.ts";
export type { Level, LogEvent, LogQuery } from "./reports/event-log.ts";
export type { AskedBackend, UnitExpectations } from "./reports/expectations.ts";
export type { ReportedProblem } from "./reports/problems.ts";
export type { ApplicationConfig, ShownOption } from "./reports/show-config.ts";
export type { ShownSecret, ShownSecrets } from "./reports/show-secrets.ts";
export type { ShownBag, ShownRelation, ShownUnit } from "./reports/show-unit.ts";
export type {
  ApplicationStatus,
  ModelStatus,
  RelatedApplication,
  RelationStatus,
  StatusInfo,
  UnitStatus,
} from "./reports/status.ts";
