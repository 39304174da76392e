import { closeSync, openSync, readSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { NewEvent } from "./log-ring.ts";

interface Tail {
  readonly entity: string;
  readonly service: string;
  /** Which file it is: svlogd begins a new one when the old is full. */
  inode: number;
  at: number;
}

/** The most that is read of one log at a time; a workload that prints more is followed with gaps. */
const MOST_BYTES = 64 * 1024;
const STAMPED = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})\d* (.*)$/;

/** Follows what the services of all units print, from the moment that each is first seen. */
export class WorkloadLogs {
  readonly #units: string;
  readonly #tails = new Map<string, Tail>();
  #first = true;

  constructor(units: string) {
    this.#units = units;
  }

  /** Reads what came since the last look. */
  read(): NewEvent[] {
    const events: NewEvent[] = [];
    for (const { path, entity, service } of this.#logs()) {
      try {
        const { ino, size } = statSync(path);
        const tail = this.#tails.get(path) ?? { entity, service, inode: ino, at: this.#first ? size : 0 };
        this.#tails.set(path, tail);
        if (tail.inode !== ino || size < tail.at) Object.assign(tail, { inode: ino, at: 0 });
        if (size - tail.at > MOST_BYTES) tail.at = size - MOST_BYTES;
        if (size > tail.at) events.push(...readTail(path, tail, size));
      } catch {
        this.#tails.delete(path);
      }
    }
    this.#first = false;
    return events;
  }

  *#logs(): Generator<{ readonly path: string; readonly entity: string; readonly service: string }> {
    for (const unit of list(this.#units)) {
      for (const container of list(join(this.#units, unit))) {
        for (const service of list(join(this.#units, unit, container, "logs"))) {
          const path = join(this.#units, unit, container, "logs", service, "current");
          yield { path, entity: unit.replace(/-(\d+)$/, "/$1"), service };
        }
      }
    }
  }
}

function readTail(path: string, tail: Tail, size: number): NewEvent[] {
  const bytes = Buffer.alloc(size - tail.at);
  const file = openSync(path, "r");
  try {
    readSync(file, bytes, 0, bytes.byteLength, tail.at);
  } finally {
    closeSync(file);
  }
  const end = bytes.lastIndexOf("\n") + 1;
  tail.at += end;
  const lines = bytes.toString("utf8", 0, end).split("\n").filter(Boolean);
  return lines.map((line) => {
    const [, time, message = line] = STAMPED.exec(line) ?? [];
    return {
      time: `${time ?? "1970-01-01T00:00:00.000"}Z`,
      level: "DEBUG",
      entity: tail.entity,
      message: `${tail.service}: ${message}`,
    };
  });
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    );
  } catch {
    return [];
  }
}
