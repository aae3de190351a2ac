import { CommanderError } from "commander";
import { EXIT } from "./exit-codes.ts";
import { createProgram } from "./program.ts";
import { EnvironmentError, UsageError } from "./usage-error.ts";

/** How long what is still open may hold the process after its work is done. */
const LINGER_MS = 5_000;

/** Runs one command line. Never throws. */
async function main(argv: readonly string[]): Promise<number> {
  try {
    const program = createProgram();
    await program.parseAsync(argv, { from: "user" });
    return typeof process.exitCode === "number" ? process.exitCode : EXIT.passed;
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): number {
  // Commander has written its message already; --help and --version come this way as well.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.passed : EXIT.usage;
  if (error instanceof UsageError) {
    process.stderr.write(`error: ${error.message}\n`);
    return EXIT.usage;
  }
  if (error instanceof EnvironmentError) {
    process.stderr.write(`environment: ${error.message}\n`);
    return EXIT.environment;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`This is a fault of the harness, not of the agent. Please report it with this text.\n${text}\n`);
  return EXIT.harness;
}

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await main(process.argv.slice(2));
setTimeout(() => {
  process.stderr.write(`harness: something was still open ${LINGER_MS} ms after the work was done; leaving anyway\n`);
  process.exit();
}, LINGER_MS).unref();
