/** Codes of relation libraries: what another application sent over a relation. */
export const relationCodes = {
  RELATION_FOREIGN_IDENTITY: {
    title: "an application claims another identity",
    meaning:
      "What an application sent names another application or model than the one that is related. The claim is not taken: the related application's own identity is written.",
    remedy:
      "have the application send its own model and application, or relate the application that it speaks for",
  },
  RELATION_INVALID_VALUE: {
    title: "a value in a relation cannot be used",
    meaning:
      "A value that another application sent is not of the form or within the limits that this interface allows. The item concerned is left out, and everything else stands.",
    remedy: "correct the sending application as the message says",
  },
  RELATION_REJECTED: {
    title: "the other side rejects what was sent",
    meaning:
      "The application on the other side of the relation reports that it could not take rules or scrape jobs that this application sent.",
    remedy: "correct the rules or scrape jobs as the message says",
  },
  SCRAPE_JOB_INVALID: {
    title: "a scrape job is not valid",
    meaning:
      "A scrape job that another application sent has a value of the wrong form. The job is left out; the application's other jobs stand.",
    remedy: "correct the scrape job in the sending charm as the message says",
  },
  SCRAPE_KEY_REFUSED: {
    title: "a scrape job holds a key that is not carried",
    meaning:
      "A scrape job that another application sent holds a key outside the allowed ones: an unknown one, a file path, a proxy, or one that is the scraper's own to set. An error leaves the job out, a warning only the key.",
    remedy: "remove the key from the scrape job in the sending charm",
  },
  SCRAPE_TARGET_REFUSED: {
    title: "a target is outside what was granted",
    meaning:
      "A target that another application sent is not host:port in canonical spelling, is link-local, or is not among the addresses granted to that application. That target is left out; the others stand.",
    remedy: "correct the target in the sending charm, or grant the address to the application",
  },
  SCRAPE_LABEL_REFUSED: {
    title: "a target's label is not allowed",
    meaning:
      "A target that another application sent has a label that is reserved, claims another identity, or is no label name. The targets with that label are left out; the others stand.",
    remedy: "remove the label from the scrape job in the sending charm",
  },
  SCRAPE_RELABEL_REFUSED: {
    title: "a relabelling step is not allowed",
    meaning:
      "A scrape job that another application sent has a relabelling step that could rewrite identity labels or the target's address. The job is left out; the application's other jobs stand.",
    remedy: "have the step write to a fixed label that is neither an identity label nor reserved",
  },
  SCRAPE_INLINE_SECRET: {
    title: "credentials were sent in clear text",
    meaning:
      "A scrape job that another application sent holds credentials in the relation, where every unit of both applications can read them. They are used, and kept in a file that only the scraper reads.",
    remedy: "have the sending charm share the credentials as a secret",
  },
  RELATION_URL_REFUSED: {
    title: "a URL is outside what was granted",
    meaning:
      "A URL that another application sent is not an http or https URL of a granted address. It is left out; the others stand.",
    remedy: "correct the URL in the sending charm, or grant the address to the application",
  },
} as const;
