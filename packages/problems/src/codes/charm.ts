/** Codes of the charm framework: what a charm's author or a host that runs it can meet. */
export const charmCodes = {
  CHARM_INVALID: {
    title: "the charm's definition is not valid",
    meaning:
      "A name, endpoint, option, port, container or file marker of the charm is not of the allowed form. The charm is not loaded.",
    remedy: "correct the definition as the message says",
  },
  CONFIG_UNKNOWN_OPTION: {
    title: "the charm has no such option",
    meaning:
      "A configuration value was given for an option that the charm does not declare. Nothing was changed.",
    remedy: "see the options with `orrery config APPLICATION`",
  },
  CONFIG_INVALID_VALUE: {
    title: "the value does not fit the option",
    meaning:
      "A configuration value is of the wrong type or outside what the option allows. Nothing was changed.",
    remedy: "give a value of the option's type, within its limits",
  },
  OUTCOME_INVALID: {
    title: "the charm returned something that is no outcome",
    meaning:
      "What reconcile returned does not have the form of an outcome. The unit keeps its last good outcome and is in error.",
    remedy: "correct the charm's reconcile function as the message says",
  },
  VIEW_IMPOSSIBLE: {
    title: "a test's view could not exist",
    meaning:
      "A test gives a charm a view that no host would give. The charm was not run: what it would do says nothing.",
    remedy: "correct the view as the message says",
  },
  CHARM_IMPURE: {
    title: "the charm does not depend on its view alone",
    meaning:
      "Run twice on the same view, with another clock and other randomness the second time, the charm wanted two things.",
    remedy: "take what changes from the view: deadlines for time, materials for randomness",
  },
  CHARMS_RESTLESS: {
    title: "charms in a test keep changing each other's relation data",
    meaning:
      "The charms of an exchange did not come to rest; an engine would stop them and name the relation.",
    remedy: "publish what follows from the view, and nothing that counts or toggles",
  },
  CONFORMANCE_FAILED: {
    title: "a relation library breaks a promise that every library makes",
    meaning:
      "An endpoint threw on what the other side wrote, gave two answers to one question, or wrote what it may not.",
    remedy: "correct the library; the message holds the smallest input that shows it",
  },
  RELATION_UNREADABLE: {
    title: "a relation could not be read",
    meaning:
      "The relation library failed on what the other side wrote. That relation is left out, as if it were empty; all others stand.",
    remedy:
      "report it to the library's author: a library must read whatever is written, and say what it leaves out",
  },
  RECONCILE_FAILED: {
    title: "the charm's reconcile function threw",
    meaning:
      "The unit keeps its last good outcome and is in error; the engine tries again with a growing delay.",
    remedy: "correct the charm; the message and `orrery debug-log` hold the stack",
  },
} as const;
