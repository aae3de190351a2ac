/** What has to be undone, in the reverse order of its doing. */
export interface Scope extends AsyncDisposable {
  defer(undo: () => Promise<void>): void;
}

/** A scope. Disposing runs everything, throws the first failure, and does nothing the second time. */
export function createScope(): Scope {
  const undos: (() => Promise<void>)[] = [];
  return {
    defer: (undo) => void undos.push(undo),
    async [Symbol.asyncDispose]() {
      const failures: unknown[] = [];
      for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) {
        await undo().catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
