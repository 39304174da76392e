/** Codes of the host for one machine. */
export const engineLocalCodes = {
  ENGINE_RUNNING: {
    title: "another engine has this folder",
    meaning: "One engine at a time works on a data folder. The second one did nothing and ended.",
    remedy:
      "use the engine that runs, or end it with `orrery down`; another folder is chosen with ORRERY_HOME",
  },
  ENGINE_NOT_RUNNING: {
    title: "no engine answers for this folder",
    meaning:
      "The socket of the data folder does not exist or nobody listens there. What it had started may still run.",
    remedy: "start it with `orrery up`",
  },
  ENGINE_START_FAILED: {
    title: "the engine did not come up",
    meaning: "The engine's process ended, or did not answer in time. What ran before it runs on.",
    remedy: "see engine.log in ORRERY_HOME",
  },
  ENGINE_BUSY: {
    title: "the engine did not answer in time",
    meaning:
      "The part of the engine that runs charms is being started again, or is overloaded. The request may or may not have been carried out; nothing acknowledged was lost.",
    remedy: "look with `orrery status` and try again",
  },
  HOME_UNUSABLE: {
    title: "the data folder cannot be used",
    meaning: "ORRERY_HOME cannot be made or belongs to someone else. Nothing was started.",
    remedy: "choose a folder of your own with ORRERY_HOME",
  },
  REQUEST_INVALID: {
    title: "the engine does not understand the request",
    meaning: "What was sent over the engine's socket is not of a form that it knows. Nothing was changed.",
    remedy:
      "use the `orrery` of the same version as the engine: `orrery down` and `orrery up` bring both together",
  },
  STORE_SCHEMA: {
    title: "the state was written by another version",
    meaning: "orrery.db has a schema that this version does not know. It was not touched.",
    remedy: "use the version that wrote it, or another folder with ORRERY_HOME",
  },
  LISTEN_ADDRESS_UNUSABLE: {
    title: "units cannot listen on the address",
    meaning:
      "All units are to listen on one address of this machine, and what was asked for, or kept from the last start, is none: not IPv4 in four decimal parts, the wildcard, link-local, or no interface has it.",
    remedy:
      "start with an address of this machine, `orrery up --listen ADDRESS`, or with the usual ones, `orrery up --listen loopback`",
  },
  PORT_TAKEN: {
    title: "no port number is free",
    meaning:
      "No number that the unit could be given is free on its address. The unit waits; others are not affected.",
    remedy: "end what listens on the number that the message names",
  },
  SERVICE_INVALID: {
    title: "a service cannot be run as it is described",
    meaning:
      "A service's command, environment or working folder is not of the allowed form. The unit's last good services stay.",
    remedy: "correct the charm as the message says",
  },
  SERVICE_STUCK: {
    title: "a service does not end",
    meaning: "A service was sent SIGKILL and is still there. It is left to the machine.",
    remedy: "see what the process waits for, as a rule a disk or network file system",
  },
  FILE_REJECTED: {
    title: "a file was refused",
    meaning:
      "The checker or the workload itself does not accept the file's content. Its last good content stays, or it stays out; all other files are live.",
    remedy: "correct what the message names, at its origin",
  },
  FILE_CHECK_UNAVAILABLE: {
    title: "a file could not be checked",
    meaning:
      "The checker could not be run or did not end in time, so the file is treated as refused until it can be checked.",
    remedy: "see the message; the file is checked again when anything of its unit changes",
  },
  FILE_PATH_CONFLICT: {
    title: "a path is wanted both as a file and as a folder",
    meaning: "Two files cannot both be there. The one with the longer path is left out.",
    remedy: "have the charm choose another path",
  },
  FILES_REFUSED: {
    title: "the files were refused as a whole",
    meaning:
      "Each file passed its own check but the workload refused to load them together, and no single one could be named. The last good ones stay live.",
    remedy: "see what the workload says in the message and in `orrery debug-log`",
  },
} as const;
