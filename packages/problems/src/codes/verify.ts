/** Codes of verification: where the way from a declaration to a read-back fact is broken. */
export const verifyCodes = {
  VERIFY_NOTHING_EXPECTED: {
    title: "nothing is expected",
    meaning:
      "No application's telemetry leads to a monitoring system, so there is nothing to read back. That is not a success.",
    remedy: "relate something: `orrery integrate APPLICATION:metrics-endpoint prometheus`",
  },
  VERIFY_NOT_RELATED: {
    title: "an application's telemetry leads nowhere",
    meaning:
      "The application declares telemetry, but none of its telemetry endpoints is related to a monitoring system.",
    remedy: "relate it: `orrery integrate APPLICATION:ENDPOINT prometheus`",
  },
  VERIFY_NOT_COMPILED: {
    title: "an application is related, but nothing is expected of it",
    meaning:
      "The relation stands, but the monitoring side has compiled nothing from it yet: one of the two has not run, or what was sent was left out.",
    remedy: "see both applications in `orrery status` and the reasons in `orrery debug-log`",
  },
  VERIFY_PENDING: {
    title: "not there yet",
    meaning: "The monitoring system answers and does not have the thing, or has not seen it work yet.",
    remedy: "wait: `orrery verify --wait 60`",
  },
  VERIFY_FAILED: {
    title: "there, but it does not work",
    meaning: "The monitoring system has the thing and says that it fails.",
    remedy: "mend what the evidence says",
  },
  VERIFY_UNKNOWN: {
    title: "cannot be known",
    meaning:
      "The monitoring system gave no answer from which the state could be told. Unknown never counts as arrived.",
    remedy: "see the monitoring system's unit in `orrery status`",
  },
  VERIFY_NO_READER: {
    title: "nobody knows how to ask the system",
    meaning: "The charm names a kind of monitoring system that this version cannot read back from.",
    remedy: "correct the backend's name in the charm, or use a version that knows it",
  },
  VERIFY_GET_FAILED: {
    title: "an address gave no usable answer",
    meaning: "One GET was refused, did not end before its deadline, or answered with more than is read.",
    remedy: "see whether the system runs with `orrery status`",
  },
} as const;
