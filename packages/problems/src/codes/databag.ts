/** Codes of relation databags: what the texts that another application wrote can be wrong in. */
export const databagCodes = {
  DATABAG_LIMIT_EXCEEDED: {
    title: "a text in a relation is too large",
    meaning:
      "A databag's text passes the limit of bytes, nesting or members. It was not parsed; what it held is left out, and everything else stands.",
    remedy: "have the writing application send less in this key",
  },
  DATABAG_NOT_JSON: {
    title: "a text in a relation is not JSON",
    meaning:
      "A databag's key should hold JSON and does not. What it held is left out, and everything else stands.",
    remedy: "correct the writing application: the key must hold one JSON document",
  },
  DATABAG_INVALID_FIELD: {
    title: "a value in a relation does not have the wanted form",
    meaning:
      "A databag's key holds JSON of another form than the interface has. The item concerned is left out, and everything else stands.",
    remedy: "correct the writing application as the message says",
  },
  DATABAG_DUPLICATE_KEY: {
    title: "an object in a relation has a key twice",
    meaning:
      "JSON text holds two members with the same key in one object. The last one was taken, as Python takes it.",
    remedy: "have the writing application send each key once",
  },
  DATABAG_KEY_DROPPED: {
    title: "a member in a relation was left out",
    meaning:
      "JSON text holds a member with a key that has a meaning of its own in the language of the reader. The member was left out.",
    remedy: "have the writing application rename the key",
  },
  DATABAG_ILL_FORMED_TEXT: {
    title: "a text in a relation is not well-formed Unicode",
    meaning: "JSON text holds surrogates that stand alone. Each was replaced by the replacement character.",
    remedy: "have the writing application send well-formed Unicode",
  },
} as const;
