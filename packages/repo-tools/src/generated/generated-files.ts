import { cliReference } from "@orrery/cli";
import { hookToolsReference } from "@orrery/foreign-charms";
import { renderErrorsPage } from "./render-errors-page.ts";

/** A file of the repository that is made from the code. */
export interface GeneratedFile {
  /** Relative to the root. */
  readonly path: string;
  readonly render: () => string | Promise<string>;
}

/** Every generated file. A test holds each equal to what it is made from. */
export const generatedFiles: readonly GeneratedFile[] = [
  { path: "docs/reference/errors.md", render: renderErrorsPage },
  { path: "docs/reference/cli.md", render: cliReference },
  { path: "docs/reference/hook-tools.md", render: hookToolsReference },
];
