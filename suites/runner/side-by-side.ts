/**
 * Runs a function over items, as many at a time as there are places, begun in their order. Waits for all of them even where
 * some fail.
 *
 * @param places at least 1
 * @param placesOf how many of them an item takes; all where that is more than there are
 * @throws what the first failed one threw, after all have ended
 */
export async function sideBySide<T>(
  items: readonly T[],
  places: number,
  run: (item: T) => Promise<void>,
  placesOf: (item: T) => number = () => 1,
): Promise<void> {
  const failures: unknown[] = [];
  const running = new Map<Promise<void>, number>();
  const taken = () => [...running.values()].reduce((sum, each) => sum + each, 0);
  const attempt = async (item: T): Promise<void> => {
    try {
      await run(item);
    } catch (error) {
      failures.push(error);
    }
  };
  for (const item of items) {
    const needed = Math.min(placesOf(item), places);
    while (taken() + needed > places) await Promise.race(running.keys());
    const one: Promise<void> = attempt(item).finally(() => running.delete(one));
    running.set(one, needed);
  }
  await Promise.all(running.keys());
  if (failures.length > 0) throw failures[0];
}
