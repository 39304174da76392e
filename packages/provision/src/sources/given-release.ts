import { OrreryError } from "@orrery/problems";
import type { ReleaseRecipe } from "../program-manifest.ts";

/** The environment variable that gives a release to download: `ORRERY_RELEASE_PROMETHEUS` for `prometheus`. */
function releaseVariable(program: string): string {
  return `ORRERY_RELEASE_${program.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_")}`;
}

/**
 * Reads the release that the environment gives for a program, as `URL#sha256=DIGEST`.
 *
 * @returns Nothing when none is given.
 * @throws {@link OrreryError} `PROGRAM_RELEASE_INVALID`.
 */
export function givenRelease(
  program: string,
  env: Readonly<Record<string, string | undefined>>,
): ReleaseRecipe | undefined {
  const variable = releaseVariable(program);
  const text = env[variable];
  if (!text) return undefined;
  const [, url, sha256] = /^(https?:\/\/[^#\s]+)#sha256=([0-9a-fA-F]{64})$/.exec(text.trim()) ?? [];
  if (url === undefined || sha256 === undefined) {
    throw new OrreryError(
      "PROGRAM_RELEASE_INVALID",
      `${variable} holds "${text}", not an http or https address with #sha256= and 64 hexadecimal digits`,
    );
  }
  return { kind: "release", archives: { any: { url, sha256 } } };
}
