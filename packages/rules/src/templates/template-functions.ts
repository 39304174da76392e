/** Functions over text, numbers and labels, which read nothing. @see Prometheus 3.x, `template/template.go`, and Go's `text/template`. */
export const PURE_FUNCTIONS: ReadonlySet<string> = new Set([
  ..."humanize humanize1024 humanizeDuration humanizePercentage humanizeTimestamp parseDuration toTime toDuration".split(
    " ",
  ),
  ..."args match now reReplaceAll stripDomain stripPort title toLower toUpper urlQueryEscape".split(" "),
  ..."and eq ge gt html index js le len lt ne not or print printf println slice urlquery".split(" "),
]);

/** Functions that run queries, work on their results, tell where the server is, or switch off escaping. */
export const SERVER_FUNCTIONS: ReadonlySet<string> = new Set(
  "call externalURL first graphLink label pathPrefix query safeHtml sortByLabel strvalue tableLink tmpl value".split(
    " ",
  ),
);

/** The variables that Prometheus sets before a text of an alert. */
export const ALERT_VARIABLES: readonly string[] = [
  "$",
  "$labels",
  "$value",
  "$externalLabels",
  "$externalURL",
];

/** What strict mode lets a text range over: the labels of the alert, whose number is bounded, and not a number of the author's. */
export const RANGES: ReadonlySet<string> = new Set([
  "$labels",
  "$externalLabels",
  ".Labels",
  ".ExternalLabels",
]);
