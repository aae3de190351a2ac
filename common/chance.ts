/** Numbers from 0 (included) to 1 (excluded); the same seed gives the same sequence on every machine. Not for secrets. */
export type Chance = () => number;

/**
 * A seeded generator (mulberry32).
 *
 * @param stream tells generators of one seed apart, so that what one draws does not shift what another does
 */
export function createChance(seed: number, stream: number): Chance {
  let state = (Math.imul(seed, 0x9e37_79b1) ^ Math.imul(stream + 1, 0x85eb_ca6b)) | 0;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
