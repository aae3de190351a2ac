import { EXIT } from "./exit-codes.ts";

/** The streams of this process, whose other end may be slow, gone, or a disk that is full. */
export interface Output {
  /** Resolves when everything that was printed has been taken, or will never be. */
  flushed(): Promise<void>;
  /** How the process is to end, where all else would end it with this; why is told on stderr. */
  exitCode(code: number): number;
}

type Stream = Pick<NodeJS.WriteStream, "on" | "write">;

/** That stdout cannot be written is told when all is done, so that nothing is left undone for it. */
export function watchOutput(stdout: Stream, stderr: Stream): Output {
  let first: NodeJS.ErrnoException | undefined;
  stdout.on("error", (error: NodeJS.ErrnoException) => (first ??= error));
  // There is nowhere left to tell it; the exit code says what became of the work.
  stderr.on("error", () => {});
  return {
    async flushed() {
      await Promise.all([stdout, stderr].map((stream) => new Promise((resolve) => stream.write("", resolve))));
    },
    exitCode(code) {
      // A reader that has seen enough (`| head`) is no fault.
      if (first === undefined || first.code === "EPIPE") return code;
      stderr.write(`environment: stdout cannot be written: ${first.message}\n`);
      return code === EXIT.interrupted || code === EXIT.harness || code === EXIT.usage ? code : EXIT.environment;
    },
  };
}
