/** The orrery command, for those who start it from a program, and its reference. */
export { run } from "./run.ts";
export type { ExitCode } from "./context.ts";
export { processTerminal } from "./terminal/process-terminal.ts";
export type { Paint, Style, Terminal } from "./terminal/terminal.ts";
export { cliReference } from "./reference.ts";
