/** Writes the program that Juju runs for every hook and action. @see juju-protocol, Which file is run. */
export function renderDispatch(node: "packed" | "of the machine"): string {
  const binary = node === "packed" ? '"$here/bin/node"' : "node";
  return `#!/bin/sh
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd) || exit 1
# What was compiled once need not be compiled at every hook.
NODE_COMPILE_CACHE=\${NODE_COMPILE_CACHE:-$here/.compile-cache}
export NODE_COMPILE_CACHE
exec ${binary} "$here/charm.mjs"
`;
}
