/** Codes of rule files, parameters and alert texts: what the author or the operator of a rule can meet. */
export const rulesCodes = {
  RULES_FILE_INVALID: {
    title: "the rule file is not read",
    meaning:
      "The file is too large, is not YAML, or holds neither groups nor one rule. It is left out; all other files are read.",
    remedy: "correct the file at the line that the message names",
  },
  RULES_GROUP_INVALID: {
    title: "the group is not valid",
    meaning:
      "A rule group lacks its name or its rules, or has a key that Prometheus does not know. It is left out, alone.",
    remedy: "give the group a name and a list of rules, and only Prometheus's keys",
  },
  RULES_GROUP_SETTING: {
    title: "a setting of the group was not taken",
    meaning:
      "An interval, an offset or a limit of a group is not valid or not allowed. The group's rules go out without it.",
    remedy: "correct or remove the setting",
  },
  RULES_GROUP_RENAMED: {
    title: "two groups have one name",
    meaning:
      "Prometheus refuses a file in which two groups have the same name, so the later one got a number.",
    remedy: "give each group a name of its own",
  },
  RULES_TOO_MANY: {
    title: "there are more rules than are taken from one contributor",
    meaning:
      "10,000 rules are taken of one contributor, and so many as their expressions have 400,000 tokens together, scoped. The rules past that are left out; the others go out.",
    remedy: "reduce the number of rules, or the length of their expressions",
  },
  RULE_INVALID: {
    title: "the rule is not valid",
    meaning:
      "Prometheus would refuse the rule: a key, a name, a label, an annotation or a duration is wrong. It is left out, alone.",
    remedy: "correct the rule as the message says",
  },
  RULE_TEMPLATE: {
    title: "a label or annotation is not a valid template",
    meaning:
      "Prometheus would refuse the text, or it calls what rules of products may not call, such as a query of their own. The rule is left out, alone.",
    remedy: "use $labels, $value, $externalLabels, the humanize functions and text functions only",
  },
  RULE_FOREIGN_IDENTITY: {
    title: "the rule claims another identity",
    meaning:
      "The rule's own labels hold an identity label with another value than the product's. It is left out, alone.",
    remedy: "leave the label out; identity labels are written last, by us",
  },
  RULE_IDENTITY_KEPT: {
    title: "the rule's own identity label was kept",
    meaning: "A foreign charm labels its own rules, as forwarded rules do: the label stays as it came.",
    remedy: "nothing, if the charm is trusted; else relate it in strict mode",
  },
  RULE_PARAMETER_INVALID: {
    title: "a parameter of the rule is not valid",
    meaning:
      "The rule declares a parameter of an unknown type, a default outside its limits, or uses one that it does not declare. It is left out, alone.",
    remedy:
      "declare each parameter with a type of number, duration or severity, and a default within its limits",
  },
  RULE_PARAMETER_UNUSED: {
    title: "a parameter of the rule has no effect",
    meaning:
      "The rule declares a parameter that stands nowhere in its texts. The rule goes out; tuning that parameter changes nothing.",
    remedy: "write %%name%% where the value belongs, or remove the parameter",
  },
  RULE_PARAMETER_CLASH: {
    title: "two rules of one name declare a parameter differently",
    meaning: "Both would become the same option. The first declaration is offered; the option tunes both.",
    remedy: "rename one of the alerts, or declare the parameter alike",
  },
  RULE_OVERRIDE_INVALID: {
    title: "an override was not taken",
    meaning:
      "A value was given for a rule or a parameter that does not exist, or one of another type or outside the limits. The default stays.",
    remedy: "give a value of the parameter's type, within its limits, to a parameter that the rule declares",
  },
  RULE_NO_NEXT_STEP: {
    title: "a critical alert says no next step",
    meaning: "Someone is woken by the alert and is not told what to do. The rule goes out.",
    remedy: "add `next` to the rule: the first thing that the person should do",
  },
} as const;
