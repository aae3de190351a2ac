const MODULUS = 2_147_483_647;
const ZERO_SEED = 89_482_311;
const MAX_INT64 = (1n << 63n) - 1n;
/** Entries of Go's additive table that the first output adds, and those for the value after it. */
const FIRST = [
  { index: 333, constant: -4633371852008891965n },
  { index: 606, constant: 4152330101494654406n },
] as const;
const SECOND = [
  { index: 332, constant: 4287360518296753003n },
  { index: 605, constant: 9103922860780351547n },
] as const;

/**
 * The first `Intn(62)` of Go's `math/rand` (v1) after seeding. Needs no more than two entries of the generator's
 * table, since only the first output is asked for. Source: protocol.md 5.5.
 *
 * @param seed any signed 64-bit number
 */
export function firstIntn62(seed: bigint): number {
  const largest = 2 ** 31 - 1 - (2 ** 31 % 62);
  const first = output(seed, FIRST);
  return (first <= largest ? first : output(seed, SECOND)) % 62;
}

function output(seed: bigint, pair: typeof FIRST | typeof SECOND): number {
  const sum = tableEntry(seed, pair[0]) + tableEntry(seed, pair[1]);
  return Number((sum & MAX_INT64) >> 32n);
}

function tableEntry(seed: bigint, { index, constant }: { readonly index: number; readonly constant: bigint }): bigint {
  let x = reduced(seed);
  for (let count = 0; count < 20 + 3 * index; count += 1) x = step(x);
  const a = step(x);
  const b = step(a);
  const c = step(b);
  return BigInt.asIntN(64, (BigInt(a) << 40n) ^ (BigInt(b) << 20n) ^ BigInt(c) ^ constant);
}

function reduced(seed: bigint): number {
  const remainder = Number(seed % BigInt(MODULUS));
  const positive = remainder < 0 ? remainder + MODULUS : remainder;
  return positive === 0 ? ZERO_SEED : positive;
}

function step(x: number): number {
  const next = 48_271 * (x % 44_488) - 3_399 * Math.floor(x / 44_488);
  return next < 0 ? next + MODULUS : next;
}
