/** Codes of systems that we do not run: what is found there, what is not carried, and what keeps objects from being applied. */
export const externalCodes = {
  EXTERNAL_UNREACHABLE: {
    title: "the foreign system did not answer",
    meaning:
      "What it is and has stays as it was last seen; what was never seen is unknown. Nothing was changed there.",
    remedy: "see whether it answers at the address that the message names, and with these credentials",
  },
  EXTERNAL_UNSUITABLE: {
    title: "the foreign system is not one that this bridge can use",
    meaning:
      "It answers, but as another product or version than the bridge knows how to reach. Nothing was changed there.",
    remedy: "give the address of the server itself, not of a proxy for several or of another product",
  },
  EXTERNAL_CREDENTIALS_MISSING: {
    title: "the secret that the connection names cannot be read",
    meaning:
      "The bridge was not granted the secret, or it is gone. The foreign system is not asked without it.",
    remedy: "grant it: `orrery grant-secret SECRET APPLICATION`",
  },
  EXTERNAL_NO_DIRECTORY: {
    title: "no folder was named for our files",
    meaning: "The bridge writes into one folder that its user names, and nowhere else.",
    remedy: "name one that the server can read: `orrery connect URL --config directory=DIR`",
  },
  EXTERNAL_FOLDER_UNUSABLE: {
    title: "the folder for our files cannot be used",
    meaning: "It is not there, is no folder, or may not be written. Nothing was changed in it.",
    remedy: "make the folder, and give it to whoever runs the engine",
  },
  EXTERNAL_NOT_INCLUDED: {
    title: "the server's own configuration does not read our folder",
    meaning:
      "Files there would be of no effect. The main configuration is its user's: the bridge never changes it.",
    remedy: "add the lines that the message names, and have the server read its configuration again",
  },
  EXTERNAL_INCLUDES_TOO_MUCH: {
    title: "a pattern of the server's configuration takes in files of another kind",
    meaning:
      "The server would refuse its whole configuration, or scrape targets twice, once the files were there.",
    remedy: "write the pattern as the message says",
  },
  EXTERNAL_CONFIG_REFUSED: {
    title: "the server does not take its own configuration",
    meaning:
      "The last time it read its configuration it refused it, before anything of ours was changed, and it would refuse ours with it.",
    remedy: "mend its configuration first; its log names the fault",
  },
  EXTERNAL_LIMITED: {
    title: "not everything can be carried to this server",
    meaning: "The server is older, or set up so, that a part of what products declare cannot reach it.",
    remedy: "use a newer server, or set it up as the message says",
  },
  EXTERNAL_ADOPTED: {
    title: "targets are scraped by the server already",
    meaning:
      "They are not scraped a second time. Rules ask for the labels that these targets bear there, in place of ours.",
    remedy: "nothing needs to be done",
  },
  EXTERNAL_ADOPTION_UNCLEAR: {
    title: "adopted targets cannot be told from others",
    meaning:
      "The server scrapes these targets already, but no set of their labels is theirs alone. They are not scraped again, and their rules are left out.",
    remedy:
      "say which labels are theirs alone: `orrery config APPLICATION adopt=PRODUCT=job:NAME`, or give them such labels",
  },
  EXTERNAL_ADOPTS_NOTHING: {
    title: "no target bears the labels that are to be adopted",
    meaning:
      "The option `adopt` names labels that none of the server's own targets bears. The product's targets and rules are left out.",
    remedy: "correct the option, or wait until the server scrapes them",
  },
  EXTERNAL_TARGET_UNREACHABLE: {
    title: "the server cannot reach a target",
    meaning:
      "The target's address is good on this machine alone, and the server does not run here, or it cannot be told whether it does.",
    remedy: "give units an address that the server reaches: `orrery up --listen ADDRESS`",
  },
  EXTERNAL_JOB_NOT_CARRIED: {
    title: "a scrape job is not carried to the server",
    meaning:
      "It needs what cannot be given to a server that we do not run, such as a credential. Nothing else is changed by that.",
    remedy:
      "scrape it by a job of your own and adopt that: `orrery config APPLICATION adopt=PRODUCT=job:NAME`",
  },
  EXTERNAL_RULES_LEFT_OUT: {
    title: "rules are not carried to the server",
    meaning: "None of the targets that they watch would be scraped there, so they could only alarm falsely.",
    remedy: "see why the targets are left out",
  },
  EXTERNAL_RULE_OVERLAPS: {
    title: "the server has a rule that asks the same",
    meaning: "Both would fire for one cause. Ours is carried all the same.",
    remedy: "compare the two, and remove or tune one of them",
  },
  EXTERNAL_LABELS_NOT_RENAMED: {
    title: "a rule cannot be written with the chosen label prefix",
    meaning: "The expression would not read back as it was meant. The rule is left out, alone.",
    remedy: "write the expression without identity labels, or keep the prefix `juju_`",
  },
  EXTERNAL_REFUSED: {
    title: "the foreign system refused what was written",
    meaning: "The message has its own words. What was applied has been taken back.",
    remedy: "mend what the message names; the system's own log may tell more",
  },
  EXTERNAL_NOT_SEEN: {
    title: "the foreign system did not report what was written",
    meaning:
      "Written is not applied: its own interface did not show it in time. What was applied has been taken back.",
    remedy: "see whether the system reads the place where it was written, then apply again",
  },
  EXTERNAL_CHANGED: {
    title: "an object was changed while it was to be written",
    meaning: "Somebody else wrote it in the meantime. It was left as it is.",
    remedy: "see what differs with `orrery plan`",
  },
  EXTERNAL_DRIFT: {
    title: "somebody else has changed an object of ours",
    meaning:
      "It is no longer what was applied. It is shown, and is not overwritten, taken back or removed without a word.",
    remedy: "keep what was changed elsewhere, then say `--overwrite`",
  },
  EXTERNAL_OBJECT_THEIRS: {
    title: "something that is not ours is in the place of an object",
    meaning: "What does not bear our mark is never read, written or removed.",
    remedy: "move it away, or choose another place for ours",
  },
  EXTERNAL_WRITE_FAILED: {
    title: "an object could not be written",
    meaning: "The place did not take it. What was there is as it was.",
    remedy: "see the rights of the place, and its room",
  },
  EXTERNAL_MOVED: {
    title: "the connection names another place than objects were applied to",
    meaning: "Objects would be left behind where nobody looks for them any more. Nothing was changed.",
    remedy: "set the connection back, or take the objects away first: `orrery disconnect APPLICATION`",
  },
  EXTERNAL_UNFINISHED: {
    title: "a change of the foreign system was begun and is not at its end",
    meaning: "What it was and what it is to be are recorded. The next command goes on with it.",
    remedy: "mend what the message names, then run the command again",
  },
  EXTERNAL_BUSY: {
    title: "the foreign system is being changed",
    meaning: "One change is made at a time.",
    remedy: "wait until the other command has ended",
  },
  EXTERNAL_NOTHING_TO_UNDO: {
    title: "there is nothing to undo",
    meaning: "Nothing was applied since the last undo. Nothing was changed.",
    remedy: "see what there is with `orrery plan`; `orrery disconnect` removes all",
  },
  EXTERNAL_NONE: {
    title: "the application has no foreign system",
    meaning: "It is no bridge, or it has not said yet what it bridges. Nothing was changed.",
    remedy: "name a bridge, or connect one: `orrery connect URL`",
  },
  EXTERNAL_NOT_COMPILED: {
    title: "the bridge has not said yet what it wants",
    meaning: "It wants nothing before the foreign system was found out. Nothing was changed there.",
    remedy: "see why with `orrery plan`",
  },
  EXTERNAL_NOT_APPLIED: {
    title: "changes wait to be applied to a foreign system",
    meaning:
      "What is wanted there differs from what was applied. Nothing is written there until a person says so.",
    remedy: "see them with `orrery plan`, then `orrery apply`",
  },
  EXTERNAL_LEFT_BEHIND: {
    title: "objects of an application that is gone are still in a foreign system",
    meaning: "Removing a bridge changes nothing in the system that it was a bridge to.",
    remedy: "take them away: `orrery disconnect APPLICATION`",
  },
} as const;
