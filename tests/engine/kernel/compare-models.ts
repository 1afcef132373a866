// Random models, each answered by ONNX Runtime and by the kernel: a few in the tests, thousands by `npm run kernel:compare`.

import { createRandom, type Random } from '#data/random.ts';
import { createComparison } from './against-runtime.ts';
import {
  randomColumns,
  randomLinear,
  randomNetwork,
  randomScaling,
  randomTrained,
} from './random-graphs.ts';
import { hardRows, pick, type MadeModel } from './random-models.ts';
import { randomClassifier, randomEnsemble, randomRegressor } from './random-trees.ts';

const MAKERS: readonly ((random: Random) => MadeModel)[] = [
  randomRegressor,
  randomClassifier,
  randomEnsemble,
  randomNetwork,
  randomRegressor,
  randomClassifier,
  randomLinear,
  randomTrained,
  randomScaling,
  randomColumns,
];

export interface Comparisons {
  readonly equal: number;
  /** ONNX Runtime has no answer to the rows. */
  readonly refused: number;
  /** Models that the kernel leaves to ONNX Runtime, with why. */
  readonly left: readonly string[];
  readonly different: readonly string[];
}

/** Compares the models of the seeds from `first` on. */
export async function compareModels(first: number, count: number): Promise<Comparisons> {
  const compare = createComparison();
  const [left, different]: [string[], string[]] = [[], []];
  let [equal, refused] = [0, 0];
  for (let seed = first; seed < first + count; seed++) {
    const random = createRandom(seed);
    const model = MAKERS[seed % MAKERS.length]!(random);
    const rows = hardRows(model, random, pick(random, [1, 1, 2, 3, 4, 30, 300]));
    const { reason, differences, isRefused } = await compare(model, rows);
    const name = `seed ${seed}: ${model.name}`;
    if (isRefused) refused++;
    else if (reason !== null) left.push(`${name}: ${reason}`);
    else if (differences.length > 0)
      different.push(`${name}: ${differences.length} values, ${differences[0]}`);
    else equal++;
  }
  return { equal, refused, left, different };
}
