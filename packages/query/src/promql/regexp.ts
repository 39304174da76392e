/** What is known of a regular expression of Go's RE2 syntax. */
export type RegexpCheck =
  | { readonly ok: true; /** Whether the whole of an empty value matches. */ readonly matchesEmpty: boolean }
  | { readonly ok: false; readonly reason: string };

/** A group that is open: whether what stands in it so far can match nothing. */
interface Group {
  /** One of the finished alternatives can. */
  alternative: boolean;
  /** The current alternative can, up to but without its last item. */
  before: boolean;
  /** Its last item can. */
  last: boolean;
  /** What a repetition here would repeat. */
  repeats: "nothing" | "item" | "repetition";
}

const REPETITION = /[*+?]\??|\{(?:0|[1-9]\d*)(?:,(?:[1-9]\d*|0)?)?\}\??/y;
const GROUP_START = /\((?:\?(?:P?<[A-Za-z_]\w*>|[imsU]*(?:-[imsU]+)?:))?(?!\?)/y;
const FLAGS = /\(\?[imsU]*(?:-[imsU]+)?\)/y;
const ESCAPE =
  /\\(?:Q[\s\S]*?(?:\\E|$)|[pP](?:[A-Za-z]|\{\^?\w+\})|x(?:[\dA-Fa-f]{2}|\{[\dA-Fa-f]{1,6}\})|[1-7][0-7]{1,2}|0[0-7]{0,2}|[AzbBdDsSwWafnrtv]|[\0-/:-@[-`{-\u007F])/y;
const ASSERTION = /[$^]|\\[AzB]/y;
const MOST_REPEATS = 1_000;

/**
 * Checks a matcher's regular expression as Prometheus would compile it, without ever running it.
 *
 * @see Go's `regexp/syntax`, flags `Perl`; look-around and back-references do not exist there.
 */
export function checkRegexp(source: string): RegexpCheck {
  const groups: Group[] = [];
  let group: Group = open();
  for (let at = 0; at < source.length;) {
    const char = source.charAt(at);
    const repetition = match(REPETITION, source, at);
    if (repetition) {
      const problem = repeat(group, repetition);
      if (problem) return { ok: false, reason: problem };
      at += repetition.length;
    } else if (char === "|") {
      group = { ...open(), alternative: group.alternative || canBeEmpty(group) };
      at++;
    } else if (char === "(") {
      const flags = match(FLAGS, source, at);
      const start = flags ?? match(GROUP_START, source, at);
      if (!start) return { ok: false, reason: "a group that starts as no group does" };
      if (flags === undefined) {
        groups.push(group);
        group = open();
      } else if (group.repeats === "repetition") group.repeats = "item";
      at += start.length;
    } else if (char === ")") {
      const outer = groups.pop();
      if (!outer) return { ok: false, reason: "a closing parenthesis without an opening one" };
      append(outer, group.alternative || canBeEmpty(group));
      group = outer;
      at++;
    } else {
      const item = readItem(source, at);
      if ("reason" in item) return { ok: false, reason: item.reason };
      if (!item.nothing) append(group, item.empty);
      at += item.length;
    }
  }
  if (groups.length > 0) return { ok: false, reason: "a group that is not closed" };
  return { ok: true, matchesEmpty: group.alternative || canBeEmpty(group) };
}

function open(): Group {
  return { alternative: false, before: true, last: true, repeats: "nothing" };
}

function canBeEmpty(group: Group): boolean {
  return group.before && group.last;
}

function append(group: Group, empty: boolean): void {
  group.before = canBeEmpty(group);
  group.last = empty;
  group.repeats = "item";
}

function repeat(group: Group, repetition: string): string | undefined {
  if (group.repeats === "nothing") return `${repetition} with nothing to repeat`;
  if (group.repeats === "repetition") return `${repetition} after another repetition`;
  const [, least = "", comma, most = ""] = /^\{(\d+)(,?)(\d*)/.exec(repetition) ?? [];
  if (Number(least) > MOST_REPEATS || Number(most) > MOST_REPEATS)
    return `${repetition}, more than ${MOST_REPEATS} times`;
  if (comma && most && Number(most) < Number(least)) return `${repetition}, which ends before it starts`;
  if (/^[*?]|^\{0/.test(repetition)) group.last = true;
  group.repeats = "repetition";
  return undefined;
}

type Item =
  | {
      readonly length: number;
      readonly empty: boolean;
      /** It leaves no trace, as an empty quotation. */ readonly nothing?: true;
    }
  | { readonly reason: string };

function readItem(source: string, at: number): Item {
  const assertion = match(ASSERTION, source, at);
  if (assertion) return { length: assertion.length, empty: true };
  const char = source.charAt(at);
  if (char === "[") return readClass(source, at);
  if (char !== "\\") return { length: 1, empty: false };
  const escape = match(ESCAPE, source, at);
  if (!escape || !isKnownCategory(escape)) return { reason: `an unknown escape ${source.slice(at, at + 2)}` };
  if (/^\\Q(?:\\E)?$/.test(escape)) return { length: escape.length, empty: true, nothing: true };
  return { length: escape.length, empty: false };
}

const POSIX =
  /^\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]$/;
const NAMED = /\[:[\s\S]*?:\]/y;

function readClass(source: string, start: number): Item {
  const members: string[] = [];
  let at = source.startsWith("[^", start) ? start + 2 : start + 1;
  while (source.charAt(at) !== "]" || members.length === 0) {
    if (at >= source.length) return { reason: "a character class that is not closed" };
    const named = match(NAMED, source, at);
    if (named !== undefined && !POSIX.test(named)) return { reason: `an unknown class ${named}` };
    const escape = source.charAt(at) === "\\" ? match(ESCAPE, source, at) : "";
    if (escape === undefined || /^\\(?:[AzbBQ]|[1-9]$)/.test(escape) || !isKnownCategory(escape)) {
      return { reason: `an unknown escape ${source.slice(at, at + 2)}` };
    }
    const member = named ?? (escape || String.fromCodePoint(source.codePointAt(at) ?? 0));
    members.push(member);
    at += member.length;
  }
  const reason = rangeProblem(members);
  return reason === undefined ? { length: at + 1 - start, empty: false } : { reason };
}

function rangeProblem(members: readonly string[]): string | undefined {
  for (let index = 1; index < members.length - 1; index++) {
    if (members[index] !== "-") continue;
    const [low, high] = [codeOf(members[index - 1] ?? ""), codeOf(members[index + 1] ?? "")];
    if (low !== undefined && high !== undefined && high < low) return "a range that ends before it starts";
    index += 1;
  }
  return undefined;
}

/** The code point of a single-character member; none for classes and escapes, whose ranges Prometheus judges. */
function codeOf(member: string): number | undefined {
  return member.length === 1 || /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(member)
    ? member.codePointAt(0)
    : undefined;
}

/** Scripts whose whole name has four letters; all other names of four are codes, which Go does not know. */
const SHORT_SCRIPTS = new Set(["Cham", "Kawi", "Lisu", "Thai"]);

function isKnownCategory(escape: string): boolean {
  const name = /^\\[pP]\{?\^?(\w+)\}?$/.exec(escape)?.[1];
  if (name === undefined || name === "Any") return true;
  if (name.length <= 2) return isProperty(name) || isProperty(`Script=${name}`);
  return (name.length !== 4 || SHORT_SCRIPTS.has(name)) && isProperty(`Script=${name}`);
}

/** Go's Unicode categories and scripts bear the names that they have in JavaScript. */
function isProperty(property: string): boolean {
  try {
    return new RegExp(String.raw`\p{${property}}`, "u").unicode;
  } catch {
    return false;
  }
}

function match(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}
