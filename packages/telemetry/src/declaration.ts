import type { SecretReference } from "./model.ts";

/** A marker for texts that lie beside the declaration: the host resolves it when it loads the charm, `pack` embeds it. */
export interface FilesMarker {
  /** Folder, relative to the charm's folder, starting with `./`. */
  readonly files: string;
}

/** Texts by path, relative to a marker's folder. */
export type Texts = Readonly<Record<string, string>>;

/** What the markers of a charm stand for: texts by marker folder. */
export type Assets = Readonly<Record<string, Texts>>;

/** Marks a folder of texts, such as rules, that lies beside the declaration. */
export function files(folder: string): FilesMarker {
  return { files: folder };
}

/** Credentials that a scraper must show, as references to secrets: a text in clear has no place in a declaration. */
export type DeclaredAuthorization =
  | { readonly kind: "basic"; readonly username: string; readonly password: SecretReference }
  | {
      readonly kind: "bearer";
      /** `Bearer` when absent. */
      readonly type?: string;
      readonly credentials: SecretReference;
    };

/** One metrics endpoint of a product. */
export interface MetricsDeclaration {
  /** A port that the charm declares, or a number. */
  readonly port: string | number;
  /** `/metrics` when absent. */
  readonly path?: string;
  readonly scheme?: "http" | "https";
  /** Prometheus duration. */
  readonly interval?: string;
  readonly timeout?: string;
  /** Needed only where a product has several endpoints. */
  readonly job?: string;
  /** Extra labels of the targets; identity labels are refused. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly sampleLimit?: number;
  /** The secret must be granted to whoever scrapes. */
  readonly authorization?: DeclaredAuthorization;
}

/** All that a product team says about what its product emits; the same in TypeScript and in `telemetry.yaml`. */
export interface TelemetryDeclaration {
  readonly product: string;
  /** Team that answers for the product: alerts and problems name it. */
  readonly owner?: string;
  readonly metrics?: readonly MetricsDeclaration[];
  /** Rule files: a folder beside the declaration, or the texts themselves by file name. */
  readonly rules?: FilesMarker | Texts;
}
