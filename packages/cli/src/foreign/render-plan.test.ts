import { expect, test } from "vitest";
import { examplePlan } from "./example-plan.test-support.ts";
import { renderCard } from "./render-card.ts";
import { renderPlan } from "./render-plan.ts";

const plain = (_: string, text: string): string => text;

test("a plan shows what would change, what is adopted and lost, what somebody else did, and what is in the way", () => {
  expect(renderPlan(examplePlan, plain)).toBe(`\
prometheus-external: http://prometheus:9090, files in /etc/prometheus/orrery.d

   Object       Stage    Holds                         For
~  rules-a.yml  rules    7 rules, 1 line more, 1 less  metrics-endpoint-1
-  rules-b.yml  rules
+  sd-a.yml     targets  1 target                      metrics-endpoint-1

Scraped already, and adopted:
EXTERNAL_ADOPTED: server scrapes shop already
  nothing needs to be done

Not carried, or not as declared:
EXTERNAL_JOB_NOT_CARRIED: scrape job x needs a credential
  scrape it by a job of your own and adopt that: \`orrery config APPLICATION adopt=PRODUCT=job:NAME\`

Not as it was applied:
  rules-a.yml was changed by somebody else
  go over it with \`orrery apply prometheus-external --overwrite\`

Found:
EXTERNAL_CONFIG_REFUSED: server refused its own configuration
  mend its configuration first; its log names the fault

1 to create, 1 to change, 1 to remove, 3 as they are. What is found above keeps them from being applied.
`);
});

test("a plan with nothing in the way says how to make it so, and an empty one that there is nothing to do", () => {
  const free = { ...examplePlan, problems: [], drift: [], losses: [] };

  expect(renderPlan(free, plain)).toContain("Make it so: `orrery apply prometheus-external`");
  expect(renderPlan({ ...free, changes: [] }, plain)).toContain(
    "Nothing to apply: 3 objects are as they are wanted.",
  );
});

test.for([
  { what: "a folder is missing", code: "EXTERNAL_NO_DIRECTORY", next: "Next: name a folder, as said above." },
  {
    what: "something is in the way",
    code: "EXTERNAL_NOT_INCLUDED",
    next: "Next: mend what is said above, then `orrery plan prometheus-external`.",
  },
  {
    what: "all is well",
    code: undefined,
    next: "Next: see what would change: `orrery plan prometheus-external`.",
  },
] as const)("a card says what comes next when $what", ({ code, next }) => {
  const [found] = examplePlan.problems;
  const problems = code && found ? [{ ...found, code }] : [];
  const card = renderCard({ ...examplePlan, problems }, plain);

  expect(card).toContain("product  Prometheus 3.16.0");
  expect(card.trimEnd().split("\n").at(-1)).toBe(next);
});
