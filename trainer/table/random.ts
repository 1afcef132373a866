// Chance that repeats: a seeded generator, so that the same seed gives the same bytes on every machine.

export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number in [0, limit). */
  below(limit: number): number;
}

/** The sfc32 generator (Chris Doty-Humphrey, PractRand), seeded by a whole number and a word that names its use. */
export function createRandom(seed: number, use: string): Random {
  let [a, b, c, counter] = [seed | 0, hash(use), 0x9e3779b9 | 0, 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 12; round++) next();
  return { next, below: (limit) => Math.floor(next() * limit) };
}

/** Shuffles in place (Fisher and Yates, Durstenfeld 1964) and answers the same array. */
export function shuffle<T extends { [index: number]: number; readonly length: number }>(
  items: T,
  random: Random,
): T {
  for (let last = items.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const kept = items[last]!;
    items[last] = items[other]!;
    items[other] = kept;
  }
  return items;
}

/** FNV-1a over the word's UTF-16 units, to 32 bits. */
function hash(word: string): number {
  let value = 0x811c9dc5 | 0;
  for (let index = 0; index < word.length; index++)
    value = Math.imul(value ^ word.charCodeAt(index), 0x01000193);
  return value;
}
