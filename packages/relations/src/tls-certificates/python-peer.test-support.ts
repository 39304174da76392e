import { readFileSync } from "node:fs";
import type { Bag, RelationView, Self } from "@orrery/charm";
import type { DeniedRequest, IssuedCertificate } from "./issued-certificate.ts";

/** What the Python requirer's library made of its relation. */
interface RequirerReport {
  readonly certificates: readonly (Pick<IssuedCertificate, "csr" | "certificate" | "ca" | "chain"> & {
    readonly revoked: boolean | null;
  })[];
  readonly denied: readonly DeniedRequest[];
}

/** Bags that Python charms wrote to each other, and what their libraries read in them, run under ops' Scenario. */
export interface PythonPeer {
  readonly requirer: { readonly application: Bag; readonly units: Readonly<Record<string, Bag>> };
  readonly provider: { readonly application: Bag };
  readonly python: {
    readonly provider: {
      readonly requests: readonly {
        readonly csr: string;
        readonly ca: boolean;
        readonly common_name: string;
        readonly dns: readonly string[];
        readonly ip: readonly string[];
        readonly organization: string;
      }[];
    };
    readonly application: RequirerReport;
    readonly units: Readonly<Record<string, RequirerReport>>;
  };
}

/** Units `zinc/0` and `zinc/1` got certificates, `zinc/2` was denied one, and application `zinc` got one that issues others. */
export const peer: PythonPeer = JSON.parse(fixture("zinc.tls-certificates-1.12.python.json"));

/** Gives the text of a fixture. */
export function fixture(name: string): string {
  return readFileSync(new URL(`../../test/fixtures/${name}`, import.meta.url), "utf8");
}

/** A relation as the authority, or a unit of zinc, sees it. */
export function relation(
  bags: Partial<RelationView["bags"]>,
  application: "zinc" | "authority",
): RelationView {
  return {
    id: 3,
    endpoint: "certificates",
    interface: "tls-certificates",
    application,
    units: application === "zinc" ? ["zinc/0", "zinc/1", "zinc/2"] : ["authority/0"],
    version: 1,
    granted: [],
    bags: { localApplication: {}, localUnit: {}, remoteApplication: {}, remoteUnits: {}, ...bags },
  };
}

/** A unit that writes. */
export function writer(leader: boolean): Self {
  const [model, modelUuid] = ["obs", "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713"];
  const topology = { model, modelUuid, application: "zinc", unit: "zinc/0", charm: "zinc" };
  return { topology, leader, network: { address: "10.1.7.20", ports: {} } };
}

/** What an entry of `certificates` holds. */
export interface Entry {
  readonly ca: string;
  readonly certificate_signing_request: string;
  readonly certificate: string;
  readonly chain: readonly string[];
}

/** The certificates that the Python provider issued: for `zinc/0`, `zinc/1` and `zinc`. */
export const entries: readonly [Entry, Entry, Entry] = JSON.parse(
  peer.provider.application["certificates"] ?? "",
);
