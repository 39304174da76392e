/** Codes of charms of others, run by hooks. */
export const foreignCharmCodes = {
  HOOK_FAILED: {
    title: "a hook of a foreign charm failed",
    meaning:
      "The charm's program ended with an error. What the hook had written was thrown away, and the same hook is run again later: after 5 s first, then twice as long each time, 5 min at most. The unit alone is in error.",
    remedy: "see what the hook printed with `orrery debug-log --include UNIT`",
  },
  HOOK_TIMEOUT: {
    title: "a hook of a foreign charm did not end",
    meaning:
      "The hook ran past its deadline and was ended with everything that it had started. What it had written was thrown away, and it is run again later.",
    remedy:
      "see what the hook waits for with `orrery debug-log --include UNIT`; a charm that needs more time is given it with `orrery up --hook-deadline TIME`",
  },
  HOOK_LIMIT: {
    title: "a hook of a foreign charm went past a limit",
    meaning:
      "The hook asked for more than one hook may have: lines of log, calls of hook tools, processes or memory. What is past the limit is left out, or the hook is ended; nobody else is affected.",
    remedy: "correct the charm as the message says",
  },
  CHARM_UNSUPPORTED: {
    title: "the charm needs what this host does not have",
    meaning: "The charm is valid and cannot run here. It is not loaded.",
    remedy: "the message says what is supported",
  },
  CHARM_PART_IGNORED: {
    title: "a part of the charm is not used",
    meaning: "The charm declares something that this host leaves out. Everything else of it is used.",
    remedy: "nothing needs to be done unless the charm depends on it",
  },
} as const;
