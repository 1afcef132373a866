// One fit in a process of its own, so that its peak memory is that of the fit: `node grow.ts <family> <rows>` prints JSON.
// The table is made up: ten numbers, two labels that lie about a curved boundary, one label in ten drawn.

import type { EncodedFeature } from '#contract/features/encoded.ts';
import { fit } from '../../trainer/fit/fit.ts';
import { createRandom } from '../../trainer/table/random.ts';
import type { Table } from '../../trainer/table/table.ts';
import { likeForLike, parseFamily } from './families.ts';
import { timed } from './measure.ts';
import { SEED } from './tables.ts';

const WIDTH = 10;

function madeUp(count: number): Table {
  const random = createRandom(SEED, 'rows of the benchmark');
  const values = new Float32Array(count * WIDTH).map(() => random.next() * 2 - 1);
  const codes = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const [a, b, c, d] = values.subarray(row * WIDTH, row * WIDTH + 4);
    const isSecond = a! * b! + Math.sin(3 * c!) + d! > 0;
    codes[row] = random.next() < 0.1 ? random.below(2) : Number(isSecond);
  }
  const features = Array.from({ length: WIDTH }, (_, place): EncodedFeature => ({
    type: 'number',
    name: `x${place}`,
    column: `x${place}`,
    description: '',
    nullable: false,
    unit: null,
    minimum: -1,
    maximum: 1,
  }));
  const target = { type: 'category', name: 'y', column: 'y', labels: ['a', 'b'] } as const;
  return {
    signature: { features, target },
    count,
    width: WIDTH,
    values,
    target: { type: 'category', labels: 2, codes },
  };
}

const [family, rows] = process.argv.slice(2);
const table = madeUp(Number(rows));
const before = process.resourceUsage().maxRSS * 1024;
const candidate = likeForLike(table)[parseFamily(family)];
const { seconds } = timed(() => fit(table, candidate, SEED));
const peak = process.resourceUsage().maxRSS * 1024;
process.stdout.write(JSON.stringify({ seconds, before, peak }));
