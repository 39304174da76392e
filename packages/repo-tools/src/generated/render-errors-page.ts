import { areas } from "@orrery/problems";

/** Writes `docs/reference/errors.md`: every code of the registry, by area, in the order of the alphabet. */
export function renderErrorsPage(): string {
  const sections = Object.entries(areas)
    .filter(([, codes]) => Object.keys(codes).length > 0)
    .map(([area, codes]) => {
      const entries = Object.entries(codes).toSorted(([a], [b]) => (a < b ? -1 : 1));
      const parts = entries.map(([code, { title, meaning, remedy }]) =>
        [`### ${code}`, `**${sentence(title)}** ${meaning}`, `To mend it: ${remedy}.`].join("\n\n"),
      );
      return [`## ${area}`, ...parts].join("\n\n");
    });
  const opening = [
    "<!-- Made from packages/problems by `npm run generate`. -->",
    "# Errors and problems",
    "Every finding has a code from this list, says what was found and what was allowed, and how to mend it. " +
      "`npx orrery explain CODE` prints an entry.",
  ];
  return `${[...opening, ...sections].join("\n\n")}\n`;
}

function sentence(title: string): string {
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}.`;
}
