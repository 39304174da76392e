/** What a foreign charm's process inherits: nothing that could tell or change anything. */
export function charmEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return { PATH: env["PATH"] ?? "/usr/bin:/bin", LANG: "C.UTF-8", TZ: "UTC" };
}
