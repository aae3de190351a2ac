/** The command line is wrong: exit code 64. The message says what, and what would be right. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Something outside the harness and the agent failed, such as a folder that cannot be written: exit code 4. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

/** A report could not be written, and not because of the machine: exit code 70, so that nobody takes its absence for green. */
export class ReportError extends Error {
  override readonly name = "ReportError";
}
