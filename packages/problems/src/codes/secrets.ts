/** Codes of secrets: who may read them, what they hold, and the key that seals them. */
export const secretsCodes = {
  SECRET_UNKNOWN: {
    title: "the model has no such secret",
    meaning:
      "A command or an option names a secret that is not in the model, or no longer. A command changed nothing; a charm whose option names it goes without.",
    remedy: "see the secrets with `orrery secrets`",
  },
  SECRET_EXISTS: {
    title: "the model has a secret of that name already",
    meaning: "Names of people's secrets are unique in a model. Nothing was changed.",
    remedy: "choose another name, or change the first with `orrery update-secret`",
  },
  SECRET_NAME_INVALID: {
    title: "the name cannot be a secret's",
    meaning:
      "Names are letters and digits in groups joined by single hyphens, underscores or dots, the first character a letter. Nothing was changed.",
    remedy: "choose another name",
  },
  SECRET_CONTENT_INVALID: {
    title: "a secret cannot hold that",
    meaning:
      "A secret holds one or more texts, none of them empty, under keys of lower-case letters, digits and single hyphens, at least 3 characters; 64 KiB in all. It is as it was. The message repeats no value.",
    remedy: "give it as `key=value`, or better `key#file=PATH`",
  },
  SECRET_OWNED: {
    title: "the secret belongs to a charm",
    meaning: "A charm made the secret, and keeps it as it needs it. Nothing was changed.",
    remedy: "change it through the charm's own options and actions",
  },
  SECRET_NOT_GRANTED: {
    title: "a secret was not granted to the application whose option names it",
    meaning: "The application's units cannot read the secret. Nobody else is affected.",
    remedy: "grant it with `orrery grant-secret NAME APPLICATION`",
  },
  SECRET_GRANT_INVALID: {
    title: "a charm grants a secret to a relation that it is not part of",
    meaning: "The secret is kept, and granted to the relations that are its own. All else stands.",
    remedy: "correct the charm: it grants by the relation ids that its view holds",
  },
  SECRET_ID_TAKEN: {
    title: "a charm wants an id that another secret has",
    meaning: "The charm's secret is not kept, or stays as it was. All else stands.",
    remedy: "correct the charm: an id is 20 characters at random, or left to the host",
  },
  SECRETS_KEY_MISSING: {
    title: "the key of the sealed state is not there",
    meaning:
      "orrery.db holds what was sealed with a key that lies beside it in `secrets.key`, and that file is gone. Nothing was started and nothing was overwritten.",
    remedy:
      "put secrets.key back from your backup; without it, what orrery.db holds sealed is lost, and a new model begins in another folder: ORRERY_HOME",
  },
  SECRETS_KEY_WRONG: {
    title: "the key does not fit the sealed state",
    meaning:
      "orrery.db was sealed with another key than the one in `secrets.key`, or that file is damaged. Nothing was started and nothing was overwritten.",
    remedy: "put back the secrets.key that belongs to this orrery.db",
  },
} as const;
