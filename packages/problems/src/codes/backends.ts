/** Codes of backends: what is lost or changed on the way to a monitoring system, and what was read back from one. */
export const backendCodes = {
  SCRAPE_VALUE_CHANGED: {
    title: "a value of a scrape job was changed",
    meaning:
      "The value is past what this server allows, or would make its configuration invalid. The nearest allowed value is used.",
    remedy: "declare a value within the limits that the message names, or raise the server's own",
  },
  SCRAPE_JOB_REFUSED: {
    title: "a scrape job is left out",
    meaning: "The server would refuse the job, or it was refused when it was checked. It is left out, alone.",
    remedy: "correct the job as the message says",
  },
  SCRAPE_SECRET_UNAVAILABLE: {
    title: "a secret cannot be had here",
    meaning:
      "The job names a secret that the scraping unit cannot read, or that the application which sent the job cannot read itself: nobody has another's secret used for him. The job is left out, alone.",
    remedy:
      "grant the secret to both: `orrery grant-secret NAME PRODUCT,PROMETHEUS`; a charm grants its own through the relation",
  },
  RULE_NEEDS_NEWER_SERVER: {
    title: "a rule needs a newer server",
    meaning:
      "The rule, or one of its fields, is not known to the server's version. What is not known is left out.",
    remedy: "use a newer server, or write the rule without it",
  },
  LOG_RULES_NOT_EVALUATED: {
    title: "rules about log lines are not evaluated",
    meaning:
      "An application sent LogQL rules along. Rules that are not held to their sender's own lines would read everybody's, so they are left out; its lines are taken.",
    remedy: "alert on metrics until then: relate the application's metrics endpoint to a Prometheus",
  },
  BACKEND_UNREACHABLE: {
    title: "the monitoring system did not answer",
    meaning: "What it has is unknown until it answers; unknown is never taken for good.",
    remedy: "see whether its service runs: `orrery status`, then `orrery debug-log`",
  },
  TARGET_DOWN: {
    title: "the target was scraped without success",
    meaning: "Prometheus knows the target and tells why the last scrape failed.",
    remedy: "see whether the product's metrics endpoint answers at the address that the message names",
  },
  TARGET_STALE: {
    title: "the target was not scraped for too long",
    meaning: "The last scrape is older than three intervals.",
    remedy: "see whether Prometheus is overloaded or stopped",
  },
  RULE_FAILING: {
    title: "the rule is loaded and fails",
    meaning: "Prometheus evaluates the rule and reports an error.",
    remedy: "correct the rule as the message says",
  },
  ALERTMANAGER_NOT_REACHED: {
    title: "alerts do not reach the Alertmanager",
    meaning: "Prometheus sends alerts to this Alertmanager and each sending failed.",
    remedy: "see whether the Alertmanager answers at the address that the message names",
  },
  DELIVERY_FAILED: {
    title: "a notification was not delivered",
    meaning:
      "Alertmanager could not hand a notification to the receiver. It tries again with the group's next interval.",
    remedy: "see whether the receiver answers, and what Alertmanager's log says",
  },
} as const;
