/** A certificate that answers a request of one's own. All PEM is without white space around it. */
export interface IssuedCertificate {
  /** The request, as it was published. */
  readonly csr: string;
  readonly certificate: string;
  /** The authority's certificate. */
  readonly ca: string;
  /** As a rule the certificate, then those of its issuers. */
  readonly chain: readonly string[];
  /** Set where the authority has taken it back: it must no longer be used. */
  readonly revoked?: true;
  /** RFC 3339, UTC. */
  readonly notBefore: string;
  /** RFC 3339, UTC. */
  readonly notAfter: string;
}

/** A request that is denied, and why. */
export interface DeniedRequest {
  readonly csr: string;
  /** 101 IP address, 102 domain, 103 wildcard not allowed; 201 server not available; 999 other. */
  readonly code: number;
  /** The code in words, such as `DOMAIN_NOT_ALLOWED`. */
  readonly name: string;
  readonly message: string;
  /** More about the cause. */
  readonly reason?: string;
  /** The authority's own name. */
  readonly provider?: string;
  /** The authority's address. */
  readonly endpoint?: string;
}

/** What a provider says of what it can issue; what is absent is not known. */
export interface ProviderCapabilities {
  readonly ipAddresses?: boolean;
  readonly wildcards?: boolean;
  readonly subdomains?: boolean;
  readonly authorities?: boolean;
  readonly domains?: readonly string[];
  /** Such as `acme` or `self-signed`. */
  readonly kind?: string;
}
