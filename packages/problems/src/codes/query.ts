/** Codes of query languages: what the author of an expression can meet. */
export const queryCodes = {
  QUERY_TOO_LARGE: {
    title: "the expression is past a limit",
    meaning:
      "The expression has more bytes, tokens or nested brackets than is read from anyone. It is left out, alone.",
    remedy: "split the expression into recording rules",
  },
  QUERY_SYNTAX: {
    title: "the expression does not parse",
    meaning: "Prometheus would refuse the expression. It is left out, alone.",
    remedy: "correct the expression at the place that the message names",
  },
  QUERY_TYPE: {
    title: "the expression parses but does not type",
    meaning:
      "A function, an operator or a modifier was given something of another type than it takes, such as an instant vector for a range. Prometheus would refuse the expression. It is left out, alone.",
    remedy: "correct the expression at the place that the message names",
  },
  QUERY_UNKNOWN_FUNCTION: {
    title: "there is no such function",
    meaning: "The expression calls a function that no supported Prometheus has. It is left out, alone.",
    remedy: "see the functions in Prometheus's documentation; names are lower case",
  },
  QUERY_EXPERIMENTAL: {
    title: "the expression uses an experimental feature",
    meaning:
      "A function or syntax works only where a server was started with a feature flag, and may change. The expression is left out, alone.",
    remedy: "use stable functions and syntax",
  },
  QUERY_SELECTOR: {
    title: "a selector is not valid",
    meaning:
      "A selector has no matcher that excludes the empty value, names its metric twice, or has a regular expression that does not compile. The expression is left out, alone.",
    remedy: "name a metric, or correct the matcher that the message names",
  },
  QUERY_FOREIGN_IDENTITY: {
    title: "the expression names an identity that is not its own",
    meaning:
      "A matcher on an identity label has another operator or value than the product's own, so the expression could read another product's data. It is left out, alone.",
    remedy: "leave out the matcher; identity matchers are added to every selector",
  },
  QUERY_WRITES_IDENTITY: {
    title: "the expression writes an identity label",
    meaning:
      "A function would give series an identity label, so they could pass for another product's. The expression is left out, alone.",
    remedy: "write another label",
  },
  QUERY_MATCHER_KEPT: {
    title: "an identity matcher of the author's was kept",
    meaning:
      "A foreign charm scopes its own rules: its matcher on an identity label stays as it is, and ours on that label is not added to that selector.",
    remedy: "nothing, if the charm is trusted; else relate it in strict mode",
  },
  QUERY_SCOPING_FAILED: {
    title: "the scoped expression is not what was meant",
    meaning:
      "The expression was scoped, read again, and differs from the intended one. It is left out, alone, and never goes out unscoped.",
    remedy: "report the expression: this is a fault of ours",
  },
} as const;
