import type { Engine } from "@orrery/engine";
import { isOrreryError } from "@orrery/problems";

/** The engine's own application: it is there in every new model, and its port is answered by the engine's process. */
export const OWN_APPLICATION = "orrery";

/** Puts the engine into its own, new model, where its charm is at hand. */
export async function deployItself(
  engine: Engine,
  log: (event: { readonly level: "WARNING"; readonly entity: string; readonly message: string }) => void,
): Promise<void> {
  try {
    await engine.execute({ command: "deploy", charm: OWN_APPLICATION, application: OWN_APPLICATION });
  } catch (cause) {
    if (isOrreryError(cause) && cause.code === "CHARM_NOT_FOUND") return;
    const message = cause instanceof Error ? cause.message : String(cause);
    log({ level: "WARNING", entity: "engine", message: `the engine's own application: ${message}` });
  }
}
