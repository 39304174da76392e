import type { ObjectStore } from "@orrery/charm";
import { isOrreryError } from "@orrery/problems";
import type { Found } from "./compare-objects.ts";

/** Reads what is there under these keys, and whatever else bears our mark. */
export async function findObjects(
  store: ObjectStore,
  keys: readonly string[],
): Promise<Readonly<Record<string, Found>>> {
  const all = [...new Set([...keys, ...(await store.list())])].toSorted();
  const found = await Promise.all(all.map(async (key) => [key, await findOne(store, key)] as const));
  return Object.fromEntries(found.filter(([, one]) => one !== undefined));
}

async function findOne(store: ObjectStore, key: string): Promise<Found> {
  try {
    const object = await store.read(key);
    return object && { content: object.content };
  } catch (cause) {
    if (isOrreryError(cause) && cause.code === "EXTERNAL_OBJECT_THEIRS") return { theirs: cause.message };
    throw cause;
  }
}
