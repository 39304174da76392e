import { isSecretKey } from "@orrery/charm";
import type { Bag } from "@orrery/charm";
import { nextRotation } from "../events/after-hook.ts";
import type { OwnedSecret, RotatePolicy } from "../events/unit-memory.ts";
import { TEXT } from "./hook-tool.ts";
import type { ToolCall } from "./hook-tool.ts";
import { keyValue, keyValues } from "./key-values.ts";
import type { OptionSpecs } from "./parse-arguments.ts";
import { readExpiry } from "./read-expiry.ts";
import { ToolError, badArguments } from "./tool-error.ts";

/** Options that say something about a secret beside its content. */
export const SECRET_OPTIONS: OptionSpecs = {
  label: TEXT,
  description: TEXT,
  expire: TEXT,
  rotate: TEXT,
  owner: TEXT,
  file: TEXT,
};

const POLICIES: readonly RotatePolicy[] = [
  "never",
  "hourly",
  "daily",
  "weekly",
  "monthly",
  "quarterly",
  "yearly",
];
/** Characters that one secret may hold. @see Juju, which takes 64 KiB. */
const LARGEST = 64 * 1024;

/** What the options of a call say of a secret; what they do not say stays away. @throws ToolError of exit code 2. */
export function secretOptions({ args, run }: ToolCall): Partial<OwnedSecret> {
  const { label, description, expire, rotate, owner } = args.texts;
  const policy = rotate === undefined ? undefined : POLICIES.find((one) => one === rotate);
  if (rotate !== undefined && policy === undefined)
    throw badArguments(`rotate policy ${JSON.stringify(rotate)} not valid`);
  if (owner !== undefined && owner !== "application" && owner !== "unit")
    throw badArguments(`secret owner ${JSON.stringify(owner)} not valid`);
  const rotateAt = nextRotation(policy, run.now());
  return {
    ...(label === undefined || label === "" ? {} : { label }),
    ...(description === undefined ? {} : { description }),
    ...(policy === undefined ? {} : { rotate: policy }),
    ...(rotateAt === undefined ? {} : { rotateAt }),
    ...(expire === undefined ? {} : { expireAt: readExpiry(expire, run.now()) }),
    ...(owner === undefined ? {} : { owner }),
  };
}

/** The content that a call gives, by `--file` and `key=…`, `key#base64=…`, `key#file=…`. @throws ToolError. */
export async function secretContent(call: ToolCall, words: readonly string[]): Promise<Bag> {
  const content: Record<string, string> = {
    ...(await keyValues({ ...call, args: { ...call.args, positional: [] } })),
  };
  for (const word of words) {
    const [name, value] = keyValue(word);
    const [key = "", how] = name.split("#");
    if (how !== undefined && how !== "file" && how !== "base64")
      throw badArguments(`key ${JSON.stringify(name)} not valid`);
    content[key] =
      how === "file"
        ? new TextDecoder().decode(await call.readFile(value))
        : how === "base64"
          ? Buffer.from(value, "base64").toString("utf8")
          : value;
  }
  // The values are never repeated.
  const bad = Object.keys(content).find((key) => !isSecretKey(key));
  if (bad !== undefined) throw badArguments(`key ${JSON.stringify(bad)} not valid`);
  const empty = Object.keys(content).find((key) => content[key] === "");
  if (empty !== undefined) throw badArguments(`key ${JSON.stringify(empty)} has an empty value`);
  if (Object.entries(content).reduce((sum, [key, value]) => sum + key.length + value.length, 0) > LARGEST)
    throw new ToolError(`secret content is larger than ${LARGEST} characters`);
  return content;
}
