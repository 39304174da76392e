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
  BUNDLE_INVALID: {
    title: "a bundle is not of the allowed form",
    meaning:
      "A bundle or an overlay cannot be read, has a key that no bundle has, or relates an application that nobody deploys. Nothing was changed.",
    remedy: "mend the named lines; Juju's reference of bundles tells what each key may hold",
  },
  BUNDLE_FOREIGN_APPLICATION: {
    title: "a bundle needs a name that something else has",
    meaning:
      "An application of the name is deployed from another charm. Nothing was changed. The demo's model is such a bundle.",
    remedy:
      "remove that application, give the bundle's another name, or use a data folder of its own with `--home FOLDER`",
  },
  CLI_FILE_NOT_WRITTEN: {
    title: "a file that was asked for is not written",
    meaning: "The file is there already, or its folder cannot be written. Nothing else was changed.",
    remedy: "name another file, or move away the one that is there",
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
