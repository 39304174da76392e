import { expect, test } from "vitest";
import { renderCommand, renderLayer } from "./render-layer.ts";

test("a service and a check are written as Pebble has them, and replace whatever other layers say", () => {
  const service = {
    command: ["/bin/shop", "--name", "the shop"],
    after: ["db"],
    environment: { PORT: "8080" },
    onFailure: "ignore",
    killDelay: "30s",
    workingDir: "sub",
  } as const;
  const check = { level: "alive", tcp: { port: 8080, host: "10.0.0.2" } } as const;

  expect(renderLayer({ shop: service }, { open: check }, "/work")).toEqual({
    services: {
      shop: {
        override: "replace",
        command: "/bin/shop --name 'the shop'",
        startup: "enabled",
        "working-dir": "/work/sub",
        after: ["db"],
        environment: { PORT: "8080" },
        "on-failure": "ignore",
        "kill-delay": "30s",
      },
    },
    checks: {
      open: {
        override: "replace",
        startup: "enabled",
        level: "alive",
        tcp: { port: 8080, host: "10.0.0.2" },
      },
    },
  });
});

test("a command that no line stands for has none", () => {
  expect(renderCommand(["test", "[", "x"])).toBeUndefined();
  expect(renderCommand(["a\0b"])).toBeUndefined();
  expect(renderCommand(["echo", "it's", "", "[x]"])).toBe(`echo 'it'\\''s' '' '[x]'`);
});
