/** Codes of the command line: what a person typed, or where it was typed. */
export const cliCodes = {
  CLI_USAGE: {
    title: "the command line is not understood",
    meaning: "An argument or option is missing, unknown or not of the wanted form. Nothing was done.",
    remedy: "see the command's form with `orrery help COMMAND`",
  },
  CLI_COMMAND_UNKNOWN: {
    title: "there is no such command",
    meaning: "The first word of the command line is not one of orrery's commands. Nothing was done.",
    remedy: "see the commands with `orrery help`",
  },
  CODE_UNKNOWN: {
    title: "no problem has that code",
    meaning: "The text given to `orrery explain` is not a code that this version reports.",
    remedy: "see every code with `orrery explain --all`",
  },
  DEMO_FOREIGN_APPLICATION: {
    title: "the demo needs a name that something else has",
    meaning:
      "An application of the demo's name is deployed from another charm. The demo changes nothing that it did not make.",
    remedy: "remove that application, or run the demo in a home of its own: `orrery demo --home FOLDER`",
  },
  INTERNAL_ERROR: {
    title: "a fault of orrery's own",
    meaning:
      "Something happened that the program does not foresee. Nothing is known about its cause but the message.",
    remedy: "run the command again with ORRERY_DEBUG=1 and report what it prints",
  },
  CLI_PLAN_FOLDER: {
    title: "the folder for planned files holds something else",
    meaning: "Only files of an earlier plan are replaced. Nothing was written.",
    remedy: "name another folder, or move away what the message names",
  },
} as const;
