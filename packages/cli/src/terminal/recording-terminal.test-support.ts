import type { Terminal } from "./terminal.ts";

/** A terminal without colours that keeps what it is told. */
export function recordingTerminal(): Terminal & {
  readonly out: Terminal["out"];
  readonly printed: () => string;
  readonly told: () => string;
} {
  const printed: string[] = [];
  const told: string[] = [];
  return {
    out: (text) => void printed.push(text),
    tell: (text) => void told.push(text),
    paint: (_, text) => text,
    paintTold: (_, text) => text,
    live: false,
    environment: {},
    folder: "/somewhere",
    interrupted: () => new AbortController().signal,
    printed: () => printed.join(""),
    told: () => told.join(""),
  };
}
