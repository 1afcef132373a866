// `train` grows ml-cart's own tree: the same JSON, byte for byte, on random tables with ties, duplicates, constants and
// neighbouring doubles. GHARIAL_COMPAT_SETS=20000 tries more.

import { DecisionTreeClassifier, DecisionTreeRegression, type CartOptions } from 'ml-cart';
import { expect, test } from 'vitest';
import { ClassificationTree, RegressionTree } from '../../trainer/fit/trees.ts';
import { createRandom, type Random } from '../../trainer/table/random.ts';

const SETS = Number(process.env.GHARIAL_COMPAT_SETS ?? 600);

/** Ways to draw a column's values. */
const COLUMNS: readonly ((random: Random) => number)[] = [
  (random) => random.next() * 10 - 5,
  (random) => random.below(4),
  (random) => random.below(2),
  () => 3,
  // Neighbouring doubles, whose mean is one of them.
  (random) => 1 + random.below(3) * Number.EPSILON,
];

const pick = <T>(random: Random, items: readonly T[]): T => items[random.below(items.length)]!;

function drawRows(random: Random): number[][] {
  const columns = Array.from({ length: 1 + random.below(5) }, () => pick(random, COLUMNS));
  const rows = Array.from({ length: 1 + random.below(60) }, () =>
    columns.map((draw) => draw(random)),
  );
  return rows.map((row) => (random.next() < 0.2 ? pick(random, rows) : row));
}

function drawOptions(random: Random): CartOptions {
  return {
    ...(random.next() < 0.7 && { minNumSamples: random.below(6) }),
    ...(random.next() < 0.5 && { maxDepth: random.below(8) }),
    ...(random.next() < 0.5 && { gainThreshold: pick(random, [0, 0.001, 0.05]) }),
  };
}

test(`classification: ${SETS} trees are ml-cart's`, () => {
  let nodes = 0;
  for (let seed = 1; seed <= SETS; seed++) {
    const random = createRandom(seed, 'compat classes');
    const rows = drawRows(random);
    const labels = 1 + random.below(5);
    const codes = rows.map(([first]) =>
      random.next() < 0.3 ? random.below(labels) : Math.abs(Math.floor(first!)) % labels,
    );
    const options = drawOptions(random);
    const [theirs, ours] = [new DecisionTreeClassifier(options), new ClassificationTree(options)];
    theirs.train(rows, codes);
    ours.train(rows, codes);
    expect(JSON.stringify(ours), `seed ${seed}`).toBe(JSON.stringify(theirs));
    expect(ours.predict(rows)).toEqual(theirs.predict(rows));
    nodes += JSON.stringify(ours).split('"kind"').length;
  }
  expect(nodes).toBeGreaterThan(SETS * 5);
});

test(`regression: ${SETS} trees are ml-cart's`, () => {
  for (let seed = 1; seed <= SETS; seed++) {
    const random = createRandom(seed, 'compat numbers');
    const rows = drawRows(random);
    // Large offsets cost digits in ml-cart's sums; the same digits have to go.
    const offset = pick(random, [0, 0, 1e6, 1e9]);
    const values = rows.map(
      ([first]) => offset + (random.next() < 0.3 ? random.below(4) : first! * 2 + random.next()),
    );
    const options = drawOptions(random);
    const [theirs, ours] = [new DecisionTreeRegression(options), new RegressionTree(options)];
    theirs.train(rows, values);
    ours.train(rows, values);
    expect(JSON.stringify(ours), `seed ${seed}`).toBe(JSON.stringify(theirs));
  }
});

test('ml-cart loads what our loop has grown', () => {
  const rows = Array.from({ length: 40 }, (_, row) => [row % 7, row % 3]);
  const codes = rows.map(([first, second]) => Number(first! > 3) + Number(second! > 1));
  const ours = new ClassificationTree({ minNumSamples: 1 });
  ours.train(rows, codes);
  const loaded = DecisionTreeClassifier.load(JSON.parse(JSON.stringify(ours)));
  expect(loaded.predict(rows)).toEqual(codes);
});
