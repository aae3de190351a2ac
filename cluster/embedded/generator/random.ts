const MASK = 0xffffffff;

/** Alphabet of the suffixes and hashes that Kubernetes makes: no vowels, and no digits that look like letters. */
const SAFE = "bcdfghjklmnpqrstvwxz2456789";

/** The part of it that a pod-template-hash uses. */
const HASH = "456789bcdf";

/** Seeded generator (sfc32): the same seed gives the same sequence on every machine. Not for secrets. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number) {
    this.#a = seed & MASK;
    this.#b = Math.floor(seed / 0x1_0000_0000) & MASK;
    this.#c = 0x2545f491;
    for (let round = 0; round < 16; round++) this.next();
  }

  /** 32 random bits, unsigned. */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return sum >>> 0;
  }

  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + (this.next() % (high - low + 1));
  }

  /** True in `percent` of the cases. */
  chance(percent: number): boolean {
    return this.next() % 100 < percent;
  }

  /** One of the items. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.next() % items.length];
    if (item === undefined) throw new RangeError("nothing to pick from");
    return item;
  }

  /** Hexadecimal digits. */
  hex(digits: number): string {
    let text = "";
    while (text.length < digits) text += this.next().toString(16).padStart(8, "0");
    return text.slice(0, digits);
  }

  /** A UUID of version 4 in form. */
  uuid(): string {
    const hex = this.hex(32);
    const variant = "89ab"[this.next() % 4] ?? "8";
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  /** The suffix that the API server appends to a generateName. */
  suffix(): string {
    return this.letters(SAFE, 5);
  }

  /** A pod-template-hash. */
  templateHash(): string {
    return this.letters(HASH, this.chance(15) ? 9 : 10);
  }

  /** Letters of an alphabet. */
  letters(alphabet: string, length: number): string {
    let text = "";
    for (let index = 0; index < length; index++) text += alphabet[this.next() % alphabet.length] ?? "";
    return text;
  }

  /**
   * Two suffixes that leave the same rest when the characters of `prefix` are trimmed from the left of `prefix + suffix`:
   * the names collide under the rule of protocol.md 4.4.
   */
  collidingSuffixes(prefix: string): readonly [string, string] {
    const inside = SAFE.split("").filter((letter) => prefix.includes(letter));
    const outside = SAFE.split("").filter((letter) => !prefix.includes(letter));
    const tail = this.pick(outside) + this.letters(SAFE, 2);
    const first = this.pick(inside);
    const second = this.pick(inside.filter((letter) => letter !== first));
    const shared = this.pick(inside);
    return [first + shared + tail, second + shared + tail];
  }
}
