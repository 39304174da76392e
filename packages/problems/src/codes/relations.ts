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
  CERTIFICATE_REQUEST_INVALID: {
    title: "a certificate signing request is not taken",
    meaning:
      "A request that another application sent is not PKCS #10 in PEM, does not prove that its sender has the key, has a weak key or a name that is none, or was sent twice. It is left out; the application's other requests stand.",
    remedy: "correct the request in the sending charm as the message says",
  },
  CERTIFICATE_INVALID: {
    title: "a certificate cannot be read",
    meaning:
      "A certificate that another application sent is not X.509 in PEM, or came twice, or its chain is out of order. An error leaves it out, a warning lets it through; all others stand.",
    remedy: "correct the certificate in the sending application as the message says",
  },
  CERTIFICATE_MISMATCH: {
    title: "a certificate does not answer its request",
    meaning:
      "A certificate has another key than the request that it names, or can issue others where that was not asked for, or cannot where it was. It is left out; all others stand.",
    remedy: "have the authority issue the certificate for this request anew",
  },
  CERTIFICATE_UNREQUESTED: {
    title: "a certificate answers no request",
    meaning:
      "A certificate names a request that this application has not made, or no longer makes. It is left out; it goes away by itself once the authority has seen that the request is gone.",
    remedy: "nothing needs to be done; if it stays, look at the authority's charm",
  },
  CERTIFICATE_DENIED: {
    title: "a request for a certificate is denied",
    meaning: "The application that issues certificates says why it does not issue this one.",
    remedy: "change the request as the message says, or have the authority allow it",
  },
  CERTIFICATE_NOT_PUBLISHED: {
    title: "what a charm publishes is not the wanted kind of PEM",
    meaning:
      "A charm of this repository's framework would have published something other than a certificate or a request where one belongs, such as a private key. Nothing was written.",
    remedy: "correct the charm: publish the certificate or the request itself, each in PEM",
  },
} as const;
