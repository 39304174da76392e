/** What trying a set came to: nothing when it was accepted, else the refuser's words. */
export type Trial<Item> = (items: readonly Item[]) => Promise<string | undefined>;

/** What was found. */
export interface Culprits<Item> {
  /** Items that were accepted together. */
  readonly accepted: readonly Item[];
  /** Items without which the rest was accepted, with what was said of each. */
  readonly refused: readonly { readonly item: Item; readonly words: string }[];
}

/** Each trial is a reload, which may take seconds. */
const MOST_TRIALS = 24;

/**
 * Finds those of several items that cannot be accepted, by halving; for k culprits among n about k · log2(n) trials.
 *
 * Items are tried in their order, so that of two which exclude each other the first stays. Past 24 trials all that is
 * not yet known to be good counts as refused.
 */
export async function findCulprits<Item>(
  items: readonly Item[],
  words: string,
  trial: Trial<Item>,
): Promise<Culprits<Item>> {
  const accepted: Item[] = [];
  const refused: { item: Item; words: string }[] = [];
  let trials = 0;
  const visit = async (part: readonly Item[], known: string | undefined): Promise<void> => {
    if (part.length === 0) return;
    let said = known;
    if (said === undefined) {
      if (trials >= MOST_TRIALS) {
        for (const item of part) refused.push({ item, words });
        return;
      }
      trials += 1;
      said = await trial([...accepted, ...part]);
      if (said === undefined) {
        accepted.push(...part);
        return;
      }
    }
    const [only] = part;
    if (part.length === 1 && only !== undefined) {
      refused.push({ item: only, words: said });
      return;
    }
    const middle = Math.ceil(part.length / 2);
    await visit(part.slice(0, middle), undefined);
    await visit(part.slice(middle), undefined);
  };
  await visit(items, words);
  return { accepted, refused };
}
