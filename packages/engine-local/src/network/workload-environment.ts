/** Addresses that no proxy is asked for, in the spellings of Go and curl (CIDR) and of Node (a range). */
const UNPROXIED = ["localhost", "127.0.0.0/8", "127.0.0.1-127.255.255.255", "::1"];

/** What workloads and checkers may inherit from the one who started the engine; everything else stays out. */
const INHERITED = [
  "PATH",
  "HOME",
  "USER",
  "LOGNAME",
  "LANG",
  "LC_ALL",
  "TZ",
  "TMPDIR",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "ALL_PROXY",
  "http_proxy",
  "https_proxy",
  "all_proxy",
];

/** The environment of everything that this host starts: stripped, and past any proxy for the addresses on which units listen. */
export function workloadEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  listen?: string,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const name of INHERITED) {
    const value = env[name];
    if (value !== undefined) result[name] = value;
  }
  const before = [env["NO_PROXY"] ?? "", env["no_proxy"] ?? ""].flatMap((list) => list.split(","));
  const list = [
    ...new Set([
      ...before.map((one) => one.trim()).filter(Boolean),
      ...UNPROXIED,
      ...(listen === undefined ? [] : [listen]),
    ]),
  ].join(",");
  return { PATH: "/usr/local/bin:/usr/bin:/bin", LANG: "C.UTF-8", ...result, NO_PROXY: list, no_proxy: list };
}
