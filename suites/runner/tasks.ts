import { startTimeLimit } from "../../agents/index.ts";

/** A failure of the way back, with the task that it belongs to. */
export interface TeardownFailure {
  readonly title: string;
  readonly error: unknown;
}

/** What was set up, to be taken down in reverse. */
export interface TaskStack {
  /** Runs the set-up and keeps the teardown for later. Where the set-up fails, its own teardown is not kept. */
  enter<T>(title: string, setup: () => T | Promise<T>, teardown: (made: T) => void | PromiseLike<void>): Promise<T>;
  /**
   * Takes everything down, last first, under one deadline for all, which counts the time in which this process could run. A teardown that throws does not stop the others; one
   * that is still running at the deadline is named and left alone. Never rejects.
   */
  unwind(deadlineMs: number): Promise<readonly TeardownFailure[]>;
}

/** A stack of paired set-ups and teardowns: what was begun is ended, whatever happens in between. */
export function createTaskStack(): TaskStack {
  const teardowns: { readonly title: string; readonly run: () => void | PromiseLike<void> }[] = [];

  return {
    async enter(title, setup, teardown) {
      const made = await setup();
      teardowns.push({ title, run: () => teardown(made) });
      return made;
    },

    async unwind(deadlineMs) {
      const failures: TeardownFailure[] = [];
      let over = () => {};
      const deadline = new Promise<"late">((resolve) => (over = () => resolve("late")));
      using _limit = startTimeLimit(deadlineMs, over);
      for (let task = teardowns.pop(); task !== undefined; task = teardowns.pop()) {
        const { title, run } = task;
        const done = attempt(run).then(
          () => undefined,
          (error: unknown) => failures.push({ title, error }),
        );
        if ((await Promise.race([done, deadline])) === "late") {
          failures.push({ title, error: new Error(`not done within ${deadlineMs} ms`) });
        }
      }
      return failures;
    },
  };
}

async function attempt(run: () => void | PromiseLike<void>): Promise<void> {
  await run();
}
