/** Codes of what hosts make for charms: passwords, keys, requests for certificates, and certificates. */
export const materialCodes = {
  MATERIAL_UNAVAILABLE: {
    title: "a key or password cannot be made",
    meaning: "The charm asks for a kind of material that this host does not make. The charm runs without it.",
    remedy: "have the charm ask for another kind",
  },
  MATERIAL_UNKNOWN: {
    title: "there is no such material",
    meaning:
      "A material is to be made from one that the unit does not ask for, or an action rotates one that the unit does not have. It was not made; everything else stands.",
    remedy: "name a material of the same outcome, as the message lists them",
  },
  MATERIAL_CYCLE: {
    title: "materials are made from each other",
    meaning:
      "Each of the materials that the message names is made from the next, so none can be the first. None was made; everything else stands.",
    remedy: "correct the charm: keys first, then what they sign",
  },
  MATERIAL_KIND_MISMATCH: {
    title: "a material is made from one of another kind",
    meaning: "What signs is a private key, and what issues is a CA's certificate. It was not made.",
    remedy: "name a material of the kind that the message says",
  },
  MATERIAL_INPUT_MISSING: {
    title: "what a material is made from is missing",
    meaning:
      "Another material could not be made, and this one is made from it. It stays as it was, or is not there.",
    remedy: "mend the problem of the other material",
  },
  MATERIAL_UNREADABLE: {
    title: "a material does not hold what is made from it",
    meaning:
      "The value under that name is no private key or certificate that this host can use. What is made from it stays as it was, or is not there.",
    remedy: "have the charm ask for it anew under another name",
  },
  MATERIAL_NAME_INVALID: {
    title: "a certificate cannot bear the name",
    meaning:
      "A subject or alternative name of the request is none that X.509 and those who check certificates take. It was not made.",
    remedy: "correct the name that the message shows",
  },
  MATERIAL_FAILED: {
    title: "a material could not be made",
    meaning:
      "Making it failed for a reason that is nobody's input. It stays as it was, or is not there; the host tries again with a growing delay.",
    remedy: "see the message",
  },
  CSR_UNREADABLE: {
    title: "a certificate signing request cannot be read",
    meaning:
      "The text is not one request in PEM. No certificate is made for it; other requests are not affected.",
    remedy: "have the one who asks send a PKCS #10 request as PEM",
  },
  CSR_SIGNATURE_INVALID: {
    title: "a certificate signing request is not signed by its own key",
    meaning:
      "Whoever sent it has not shown that the key is theirs. No certificate is made for it; other requests are not affected.",
    remedy: "have the one who asks make the request again with their key",
  },
  CSR_REFUSED: {
    title: "a certificate signing request asks for what is not certified",
    meaning:
      "A name in it is none that a certificate can bear, or its key is too weak or of an unknown kind. No certificate is made for it; nothing is left out in silence.",
    remedy: "have the one who asks leave out what the message names",
  },
  CA_UNFIT: {
    title: "a CA cannot sign",
    meaning:
      "The CA's certificate has ended, is none of a CA, or belongs to another key. Certificates that it signed stay as they are.",
    remedy: "have the charm rotate the CA's certificate, or name the key that belongs to it",
  },
} as const;
