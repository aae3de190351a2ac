import { CommanderError } from "commander";
import { EXIT } from "./exit-codes.ts";
import { createProgram } from "./program.ts";
import { blameFor } from "../suites/runner/blame.ts";
import { DocumentError } from "../suites/documents/index.ts";
import { EnvironmentError, ReportError, UsageError } from "./usage-error.ts";

/** Runs one command line and gives its exit code. Never throws: what went wrong is told on stderr. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  try {
    process.exitCode = undefined;
    await createProgram().parseAsync(args, { from: "user" });
    return typeof process.exitCode === "number" ? process.exitCode : EXIT.passed;
  } catch (error) {
    return tell(error);
  }
}

function tell(error: unknown): number {
  // Commander has written its message already; --help and --version come this way as well.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.passed : EXIT.usage;
  if (error instanceof UsageError || error instanceof DocumentError) {
    process.stderr.write(`error: ${error.message}\n`);
    return EXIT.usage;
  }
  if (error instanceof EnvironmentError) {
    process.stderr.write(`environment: ${error.message}\n`);
    return EXIT.environment;
  }
  if (error instanceof ReportError) {
    process.stderr.write(`report: ${error.message}\n`);
    return EXIT.harness;
  }
  const { blame, text: problem } = blameFor(error);
  if (blame === "environment") {
    process.stderr.write(`environment: ${problem}\n`);
    return EXIT.environment;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`This is a fault of the harness, not of the agent. Please report it with this text.\n${text}\n`);
  return EXIT.harness;
}
