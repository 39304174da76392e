import { password } from "@orrery/charm";
import type {
  Action,
  Deadline,
  MaterialRequest,
  MaterialView,
  SecretRequest,
  SecretsContext,
} from "@orrery/charm";
import type { DeclaredAuthorization } from "@orrery/telemetry";

/** What keeping a token takes of a unit's view. */
export interface ScrapeTokenView {
  readonly leader: boolean;
  readonly materials: Readonly<Record<string, MaterialView>>;
  readonly secrets: SecretsContext;
  readonly due: readonly string[];
}

/** A token for a product's metrics, as one unit keeps it. */
export interface ScrapeToken {
  /** What the unit wants for it, to be spread into what `reconcile` returns. */
  readonly wanted: {
    readonly materials: Readonly<Record<string, MaterialRequest>>;
    readonly secrets: Readonly<Record<string, SecretRequest>>;
    readonly deadlines: readonly Deadline[];
  };
  /** Whoever shows one of these may read the metrics; empty until there is a token, and anybody may. */
  readonly accepted: readonly string[];
}

/** What the token is called as a material and as a secret. */
const NAME = "metrics-token";
const LENGTH = 40;
/** A new token is known to all units for so long before anybody shows it, in milliseconds. */
const SPREAD_MS = 10_000;
/** The old one is accepted for so long after the new one is given out, in milliseconds. */
const FOLLOW_MS = 60_000;

/**
 * Keeps one token for all units of an application, so that none but those whom it is given to can read its metrics.
 *
 * The leader has it made and keeps it as a secret; every unit accepts what that secret holds. A new token is first accepted
 * everywhere, 10 s later given out, and a minute after that the old one is refused: nobody is turned away in between.
 *
 * @param grants - Ids of the relations whose other side may read it.
 */
export function scrapeToken(view: ScrapeTokenView, grants: readonly number[]): ScrapeToken {
  const own = view.secrets.own(NAME)?.content;
  if (!view.leader) return { wanted: NOTHING, accepted: Object.values(own ?? {}) };
  const material = view.materials[NAME];
  const materials = { [NAME]: password(LENGTH, { keepPrevious: false }) };
  if (!material) return { wanted: { ...NOTHING, materials }, accepted: Object.values(own ?? {}) };
  const { content, deadlines } = step(material, view.due, own);
  return {
    wanted: { materials, secrets: { [NAME]: { content, grants } }, deadlines },
    accepted: Object.values(content),
  };
}

const NOTHING = { materials: {}, secrets: {}, deadlines: [] };

/** How a scraper shows the token: what a charm's `adapt` puts over its metrics; undefined until there is one. */
export function scrapeAuthorization(secrets: SecretsContext): DeclaredAuthorization | undefined {
  const uri = secrets.own(NAME)?.uri;
  return uri === undefined ? undefined : { kind: "bearer", credentials: { secret: uri, key: "token" } };
}

/** An action that has another token made; those whom it was given to follow by themselves. */
export const rotateScrapeToken: Action = {
  description:
    "Has a new token made for the metrics; those who scrape them follow by themselves. Run it on the leader.",
  async run({ leader, materials, unit }, _params, { rotate }) {
    if (!leader) throw new Error(`${unit} does not lead its application, and the leader keeps the token`);
    if (!materials[NAME]) throw new Error("the metrics are open to all: there is no token to rotate");
    await rotate(NAME);
    return {
      "given-out-after-seconds": SPREAD_MS / 1000,
      "old-one-refused-after-seconds": (SPREAD_MS + FOLLOW_MS) / 1000,
    };
  },
};

interface Step {
  readonly content: Readonly<Record<string, string>>;
  readonly deadlines: readonly Deadline[];
}

/** What the secret holds from now on, and when that has to change. A leader that has just taken over goes on from what it finds. */
function step(
  { current, since }: MaterialView,
  due: readonly string[],
  own: Readonly<Record<string, string>> | undefined,
): Step {
  const made = Date.parse(since);
  const use = { id: `give out the metrics token of ${since}`, at: moment(made + SPREAD_MS) };
  const alone = {
    id: `refuse others than the metrics token of ${since}`,
    at: moment(made + SPREAD_MS + FOLLOW_MS),
  };
  const { token = current, previous } = own ?? {};
  const deadlines = [use, alone];
  if (token !== current) {
    return due.includes(use.id)
      ? { content: { token: current, previous: token }, deadlines }
      : { content: { token, next: current }, deadlines };
  }
  if (previous === undefined || due.includes(alone.id)) return { content: { token }, deadlines: [] };
  return { content: { token, previous }, deadlines };
}

function moment(ms: number): string {
  return new Date(ms).toISOString();
}
