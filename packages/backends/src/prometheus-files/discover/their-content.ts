import { isAbsolute, posix } from "node:path";
import { listAt, objectAt, textAt, textsAt } from "../../read/json-field.ts";
import type { TheirRule, TheirTarget } from "../capabilities.ts";
import { LOADED_LABEL } from "../marked.ts";
import { kindOf } from "../object-kind.ts";
import type { ServerAnswers } from "./ask-server.ts";

/** What a server scrapes that is not ours. */
export function theirTargets({ targets }: ServerAnswers, mark: string): readonly TheirTarget[] {
  return targets
    .filter((one) => !textAt(objectAt(one, "discoveredLabels"), LOADED_LABEL).startsWith(`${mark} `))
    .map((one) => ({
      pool: textAt(one, "scrapePool"),
      address: textAt(objectAt(one, "discoveredLabels"), "__address__"),
      url: textAt(one, "scrapeUrl"),
      labels: textsAt(one, "labels"),
    }))
    .toSorted((a, b) => (`${a.pool} ${a.url}` < `${b.pool} ${b.url}` ? -1 : 1));
}

/** The rules of a server that do not come from our folder. */
export function theirRules(answers: ServerAnswers, folder: string): readonly TheirRule[] {
  return answers.ruleGroups.flatMap((group) => {
    const file = textAt(group, "file");
    const path = isAbsolute(file) ? file : posix.join(answers.workingFolder, file);
    if (posix.dirname(path) === folder && kindOf(posix.basename(path)) === "rules") return [];
    return listAt(group, "rules").map((rule) => ({
      group: textAt(group, "name"),
      file,
      name: textAt(rule, "name"),
      expr: textAt(rule, "query"),
      alerts: textAt(rule, "type") === "alerting",
    }));
  });
}
