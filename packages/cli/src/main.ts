// The `orrery` command. Asked for its version alone, it loads nothing else.
const args = process.argv.slice(2);
const [first = ""] = args;

if (args.length === 1 && ["--version", "-V", "version"].includes(first)) {
  const { version } = await import("./version.ts");
  process.stdout.write(`${version()}\n`);
} else {
  const { processTerminal } = await import("./terminal/process-terminal.ts");
  const { run } = await import("./run.ts");
  // A reader that has seen enough, such as `head`, is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  process.exitCode = await run(args, processTerminal());
}
