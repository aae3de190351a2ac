/** Stories mostly wait: so many of them keep a processor busy that has nothing else to do. */
const A_PROCESSOR = 8;

/**
 * How many scenarios go side by side: fewer on a machine that is busy already, since what they do not get from it they take
 * from each other, and at least half of what an idle machine takes, since the time is bounded as well. Pure.
 *
 * @param load processes that were ready to run before the self-test began, on average
 */
export function placesFor(processors: number, load: number): number {
  const idle = A_PROCESSOR * processors;
  return Math.max(idle / 2, Math.round(idle / (1 + load / (4 * processors))));
}
