/** Stands in for `describe` and `it` of vitest while mutants are judged: tests are collected once, and run many times. */

export { expect } from "vitest";

/** One test, as often as it is called. */
export interface CollectedTest {
  readonly name: string;
  readonly run: () => unknown;
}

const collected: CollectedTest[] = [];
const path: string[] = [];

/** The tests that were declared since it was last called. */
export function takeTests(): readonly CollectedTest[] {
  return collected.splice(0);
}

export const describe = withEach((name: string, declare: () => void) => {
  path.push(name);
  declare();
  path.pop();
});

export const it = withEach((name: string, run: () => unknown) => {
  collected.push({ name: [...path, name].join(" > "), run });
});

/** A declaration, and the same for each row of a table. */
function withEach(declare: (name: string, run: () => unknown) => void) {
  const each = (rows: readonly unknown[]) => (name: string, run: (...row: readonly unknown[]) => unknown) => {
    for (const row of rows) {
      const cells: readonly unknown[] = Array.isArray(row) ? row : [row];
      declare(named(name, cells), () => run(...cells));
    }
  };
  return Object.assign(declare, { each });
}

function named(name: string, cells: readonly unknown[]): string {
  let next = 0;
  const field = (_all: string, key: string) => String((cells[0] as Readonly<Record<string, unknown>> | undefined)?.[key]);
  return name.replaceAll(/%[sdjo]/g, () => String(cells[next++])).replaceAll(/\$(\w+)/g, field);
}
