import type { TableChange } from "../store/table.ts";
import type { CommandResult } from "./command.ts";

/** What a command would do: worked out before anything is changed, then committed as a whole. */
export interface Plan {
  readonly changes: readonly TableChange[];
  /** Units whose view changes. */
  readonly dirty: readonly string[];
  readonly result: CommandResult;
}
