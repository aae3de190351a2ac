import { runCommandLine } from "./command-line.ts";
import { EXIT } from "./exit-codes.ts";
import { watchOutput } from "./output.ts";

/** How long what is still open may hold the process after its work is done. */
const LINGER_MS = 5_000;

const output = watchOutput(process.stdout, process.stderr);

// Without this Node would leave with 1, which says that the agent is non-conformant.
process.on("uncaughtException", (error) => {
  process.stderr.write(
    `This is a fault of the harness, not of the agent. Please report it with this text.\n${error.stack ?? error.message}\n`,
  );
  process.exit(EXIT.harness);
});

const leave = () => process.exit(output.exitCode(Number(process.exitCode ?? EXIT.passed)));

// When all is done and nothing is open, Node tears its environment down; after hundreds of connections that were cut it was
// seen to wait there for ever, at full load, for a request that had ended long before.
process.on("beforeExit", leave);

process.exitCode = await runCommandLine(process.argv.slice(2));
// Whoever reads slowly, as a pager does, gets everything.
await output.flushed();
setTimeout(() => {
  process.stderr.write(`harness: something was still open ${LINGER_MS} ms after the work was done; leaving anyway\n`);
  leave();
}, LINGER_MS).unref();
