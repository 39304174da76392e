/** defineCharm, and the forms of the view and the outcome in which every host speaks with every charm. */
export { defineCharm } from "./definition/define-charm.ts";
export type { Charm } from "./definition/define-charm.ts";
export type { CharmDefinition } from "./definition/charm-definition.ts";
export type { Action, ActionResults, ActionTools, ExecResult } from "./definition/action.ts";
export type { ConfigOption, ConfigSchema, ConfigValues } from "./definition/config.ts";
export { effectiveConfig } from "./definition/effective-config.ts";
export { parseConfigValue, withDefaults } from "./definition/parse-config.ts";
export { isApplicationName } from "./definition/check-definition.ts";
export type { ContainerContext, Context, NetworkContext, SecretsContext } from "./definition/context.ts";
export { PerRelation, perRelation } from "./definition/draft.ts";
export type { Draft } from "./definition/draft.ts";
export type {
  AnyEndpoint,
  Contributor,
  Endpoint,
  Endpoints,
  Relations,
  Role,
  Self,
} from "./definition/endpoint.ts";
export type { ContainerSpec, EndpointSpec, Manifest, PortSpec } from "./definition/manifest.ts";
export type {
  ActionRequest,
  CharmSession,
  LoadedCharm,
  SessionCounters,
} from "./evaluation/charm-session.ts";
export type { Derive, DeriveSource } from "./evaluation/derive.ts";
export { notReady } from "./outcome/not-ready.ts";
export { active, blocked, maintenance, waiting } from "./outcome/status.ts";
export type { Status, StatusName } from "./outcome/status.ts";
export type { Expectation, Reading, Signal } from "./outcome/expectation.ts";
export type { Change, FileOutcome } from "./outcome/file.ts";
export { caCertificate, certificate, csr, password, privateKey } from "./outcome/material.ts";
export type {
  AlternativeNames,
  CaCertificateRequest,
  CertificateRequest,
  CsrRequest,
  MaterialRequest,
  MaterialTiming,
  PasswordRequest,
  PrivateKeyRequest,
  SubjectName,
} from "./outcome/material.ts";
export { isSecretKey, secretIdOf, secretUri } from "./outcome/secret.ts";
export type { SecretRequest } from "./outcome/secret.ts";
export type {
  BackendUse,
  BagWrites,
  ContainerOutcome,
  Deadline,
  Outcome,
  ServiceOutcome,
} from "./outcome/outcome.ts";
export { validateOutcome } from "./outcome/validate-outcome.ts";
export type { Backend, Compiled, Compiler, Confirmation, HttpGet, Reader } from "./backend/backend.ts";
export type { Folder, FolderFile, FolderReader } from "./backend/folder.ts";
export { externalMark } from "./backend/foreign-backend.ts";
export type {
  Connection,
  Discovered,
  Fact,
  ForeignBackend,
  Site,
  WritableSite,
} from "./backend/foreign-backend.ts";
export { ABSENT } from "./backend/object-store.ts";
export type { ForeignObject, Intake, ObjectChange, ObjectStore, Settled } from "./backend/object-store.ts";
export { contentDigest } from "./outcome/external.ts";
export type { ExternalObject, ExternalOutcome } from "./outcome/external.ts";
export type {
  Bag,
  CheckView,
  ConfigValue,
  ContainerView,
  ExternalObjectView,
  ExternalView,
  MaterialView,
  NetworkView,
  ProgramView,
  RejectedFile,
  RelationView,
  SecretView,
  ServiceView,
  View,
} from "./view/view.ts";
