// Seeded randomness for tables that are made up: the same seed gives the same draws on every machine.

export interface Random {
  /** A number from 0 up to and without 1, all equally likely. */
  uniform(): number;
  /** A roughly normal number, mean 0, deviation 1, within ±3.5: a sum of four, since logarithms differ between machines. */
  deviate(): number;
  /** One of the items, each as likely as its weight beside the others'. */
  pick<T>(weighted: readonly (readonly [item: T, weight: number])[]): T;
}

/** Draws from Mulberry32 (Tommy Ettinger, 2017, public domain): 32 bits of state. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;

  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };

  return {
    uniform,
    deviate: () => (uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3),
    pick: (weighted) => {
      const total = weighted.reduce((sum, [, weight]) => sum + weight, 0);
      let left = uniform() * total;
      for (const [item, weight] of weighted) {
        left -= weight;
        if (left < 0) return item;
      }
      return weighted.at(-1)![0];
    },
  };
}
