// Rows that are made up from a signature, the same ones for the same seed.

import type { RowValue } from '#contract/features/cell.ts';
import type { Feature, Signature } from '#contract/signature.ts';
import { createRandom, type Random } from '../../trainer/table/random.ts';

export type Row = Readonly<Record<string, RowValue>>;

const DAY_MS = 86_400_000;

/** One value in fifty is one nobody trained on; one in ten is missing where it may be. */
export function madeRows({ features }: Signature, count: number, seed: number): readonly Row[] {
  const random = createRandom(seed, 'rows');
  return Array.from({ length: count }, () =>
    Object.fromEntries(features.map((feature) => [feature.name, valueOf(feature, random)])),
  );
}

function valueOf(feature: Feature, random: Random): RowValue {
  if (feature.nullable && random.below(10) === 0) return null;
  const isStrange = random.below(50) === 0;
  switch (feature.type) {
    case 'number': {
      const { minimum, maximum } = feature;
      const span = (maximum - minimum) * (isStrange ? 3 : 1);
      // Half of them have few digits, as people write them, and often are a threshold's neighbour.
      const value = minimum + random.next() * span;
      return random.below(2) === 0 ? value : Number(value.toPrecision(3));
    }
    case 'category':
      return isStrange
        ? 'somewhere, "else"'
        : feature.categories[random.below(feature.categories.length)]!;
    case 'boolean':
      return random.below(2) === 0;
    case 'date': {
      const [first, last] = [Date.parse(feature.minimum), Date.parse(feature.maximum)];
      const day = first + Math.floor((random.next() * (last - first)) / DAY_MS) * DAY_MS;
      return new Date(day).toISOString().slice(0, 10);
    }
  }
}
