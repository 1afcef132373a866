// A tree operator: rows of float32 in, scores out. The sums are the kernel's; what the operators do to a row's sums (base values,
// post transforms, the two classes that are one) is here, as onnxruntime/core/providers/cpu/ml/tree_ensemble_aggregator.h and
// ml_common.h do it.

import type { Kernel } from './code.ts';
import { logisticOf } from './expf.ts';
import {
  float32,
  requireRows,
  type Operator,
  type OperatorContext,
  type Step,
} from './operator.ts';
import { packTrees, type PackedTrees } from './pack-trees.ts';
import { softmaxInPlace, softmaxZeroInPlace } from './post-transforms.ts';
import { readTreeEnsemble, readTrees, type TreeColumns } from './tree-columns.ts';
import { Unsupported } from './unsupported.ts';

/** Makes the answer of a row of its sums; `has` says which targets a leaf added to, null that all did. */
type Finish = (sums: Float32Array, has: Uint32Array | null, answer: Float32Array) => void;

const f = Math.fround;

const IGNORED = ['nodes_hitrates', 'nodes_hitrates_as_tensor'];

export const treeEnsembleRegressor: Operator = (node, context) => {
  const { attributes } = node;
  const targets = attributes.integer('n_targets', 1);
  const isAverage = averages(attributes.text('aggregate_function', 'SUM'));
  const transform = attributes.text('post_transform', 'NONE');
  const base = attributes.floats('base_values');
  const trees = readTrees(attributes, 'target');
  attributes.refuseOthers(IGNORED);
  return stepOf(context, trees, targets, (count) =>
    regression({ targets, base, transform, divisor: isAverage ? count : 1 }),
  );
};

const AGGREGATES = ['AVERAGE', 'SUM', 'MIN', 'MAX'];

/** In ONNX Runtime's order. The specification has SOFTMAX and LOGISTIC the other way round; the answers must be the runtime's. */
const TRANSFORMS = ['NONE', 'LOGISTIC', 'SOFTMAX', 'SOFTMAX_ZERO', 'PROBIT'];

export const treeEnsemble: Operator = (node, context) => {
  const { attributes } = node;
  const targets = attributes.integer('n_targets', 1);
  const isAverage = averages(AGGREGATES[attributes.integer('aggregate_function', 1)] ?? '');
  const transform = TRANSFORMS[attributes.integer('post_transform', 0)] ?? '';
  const trees = readTreeEnsemble(attributes);
  attributes.refuseOthers(IGNORED);
  const base = new Float32Array();
  return stepOf(context, trees, targets, (count) =>
    regression({ targets, base, transform, divisor: isAverage ? count : 1 }),
  );
};

export const treeEnsembleClassifier: Operator = (node, context) => {
  if (node.output !== 1) throw new Unsupported('labels of a TreeEnsembleClassifier');
  const { attributes } = node;
  const texts = attributes.texts('classlabels_strings').length;
  const classes = texts === 0 ? attributes.integers('classlabels_int64s').length : texts;
  const transform = attributes.text('post_transform', 'NONE');
  const base = attributes.floats('base_values');
  const trees = readTrees(attributes, 'class');
  attributes.refuseOthers(IGNORED);
  if (classes < 2) throw new Unsupported(`a TreeEnsembleClassifier of ${classes} classes`);
  if (base.length > classes) throw new Unsupported(`${base.length} base values`);
  const finish = classes === 2 ? twoClasses(trees, base, transform) : manyClasses(base, transform);
  return stepOf(context, trees, classes, () => finish);
};

function averages(aggregate: string): boolean {
  if (aggregate !== 'SUM' && aggregate !== 'AVERAGE')
    throw new Unsupported(`trees whose ${aggregate} counts`);
  return aggregate === 'AVERAGE';
}

interface Regression {
  readonly targets: number;
  readonly base: Float32Array;
  readonly transform: string;
  /** How many trees an average is over; 1 for a sum. */
  readonly divisor: number;
}

function regression({ targets, base, transform, divisor }: Regression): Finish {
  if (base.length !== 0 && base.length !== targets)
    throw new Unsupported(`${base.length} base values for ${targets} targets`);
  const scale = f(divisor);
  if (targets === 1) {
    if (transform === 'PROBIT') throw new Unsupported('the post transform PROBIT');
    const only = base[0] ?? 0;
    return (sums, _, answer) => (answer[0] = f(sums[0]! / scale) + only);
  }
  const post = postTransform(transform);
  return (sums, has, answer) => {
    for (let target = 0; target < targets; target++)
      answer[target] =
        has === null || has[target] === 1 ? f(sums[target]! / scale) + (base[target] ?? 0) : 0;
    post(answer);
  };
}

function manyClasses(base: Float32Array, transform: string): Finish {
  const post = postTransform(transform);
  return (sums, has, answer) => {
    if (base.length === 0 && has !== null && !has.includes(1))
      throw new Unsupported('a row of which no tree says a class');
    for (let target = 0; target < answer.length; target++) {
      const isThere = has === null || has[target] === 1;
      answer[target] = (isThere ? sums[target]! : 0) + (base[target] ?? 0);
    }
    post(answer);
  };
}

/** Two classes may be scored by both, or by one alone, which the other is then made of. */
function twoClasses(
  { weight, weightTarget }: TreeColumns,
  base: Float32Array,
  transform: string,
): Finish {
  const post = postTransform(transform);
  const isOne = new Set(weightTarget).size === 1;
  const isPositive = weight.every((value) => !(value < 0));
  if (!isOne && base.length === 1) throw new Unsupported('one base value for two classes');
  return (sums, has, answer) => {
    const [has0, has1] = [has === null || has[0] === 1, has === null || has[1] === 1];
    if (base.length === 2) {
      if (has1) {
        answer[1] = base[1]! + sums[0]!;
        answer[0] = has0 ? -answer[1]! : 0;
      } else {
        answer[0] = has0 ? sums[0]! + base[0]! : 0;
        answer[1] = 0;
      }
      return post(answer);
    }
    if (has1) {
      answer[0] = has0 ? sums[0]! + (base[0] ?? 0) : 0;
      answer[1] = sums[1]!;
      return post(answer);
    }
    const score = has0 ? f(sums[0]! + (base[0] ?? 0)) : 0;
    answer[1] = transform === 'LOGISTIC' ? logisticOf(score) : score;
    if (transform === 'LOGISTIC') answer[0] = logisticOf(-score);
    else if (isOne && isPositive) answer[0] = 1 - score;
    else answer[0] = has0 ? -score : 0;
  };
}

function postTransform(name: string): (values: Float32Array) => void {
  if (name === 'NONE') return () => undefined;
  if (name === 'LOGISTIC')
    return (values) => {
      for (let place = 0; place < values.length; place++)
        values[place] = logisticOf(values[place]!);
    };
  if (name === 'SOFTMAX') return softmaxInPlace;
  if (name === 'SOFTMAX_ZERO') return softmaxZeroInPlace;
  throw new Unsupported(`the post transform ${name.slice(0, 40)}`);
}

/** Values of a block: rows, sums and marks of so many rows are in memory at a time. */
const BLOCK_VALUES = 65_536;
const BLOCK_ROWS = 256;

const MAX_TARGETS = 65_536;

function stepOf(
  { kernel, own }: OperatorContext,
  columns: TreeColumns,
  outputs: number,
  finishOf: (trees: number) => Finish,
): Step {
  if (!Number.isInteger(outputs) || outputs < 1 || outputs > MAX_TARGETS)
    throw new Unsupported(`${outputs} targets`);
  const trees = packTrees(kernel.memory, columns, outputs);
  own(trees.release);
  const finish = finishOf(trees.trees);
  const scratch = createScratch(kernel, trees);
  own(scratch.release);
  return ([value]) => {
    const { rows, columns: depth, values } = requireRows(value!);
    if (depth <= trees.lastFeature)
      throw new Unsupported(`a tree of feature ${trees.lastFeature} for rows of ${depth}`);
    const answers = new Float32Array(rows * outputs);
    const blockRows = scratch.reserve(depth);
    for (let first = 0; first < rows; first += blockRows) {
      const count = Math.min(blockRows, rows - first);
      const block = scratch.run(values.subarray(first * depth, (first + count) * depth), count);
      for (let row = 0; row < count; row++) {
        const start = row * outputs;
        const at = (first + row) * outputs;
        const has = block.marks?.subarray(start, start + outputs) ?? null;
        const sums = block.sums.subarray(start, start + outputs);
        finish(sums, has, answers.subarray(at, at + outputs));
      }
    }
    return float32([rows, outputs], answers);
  };
}

interface Block {
  readonly sums: Float32Array;
  /** Null where all trees have all targets. */
  readonly marks: Uint32Array | null;
}

/** The memory that rows and sums are in while the kernel runs. */
function createScratch({ code, memory }: Kernel, { roots, trees, targets }: PackedTrees) {
  let at = 0;
  let depth = 0;
  let blockRows = 0;
  const release = (): void => {
    if (at !== 0) memory.free(at);
    at = 0;
  };

  return {
    release,
    /** Makes room for rows of so many values; answers how many go at a time. */
    reserve(values: number): number {
      if (values === depth && at !== 0) return blockRows;
      release();
      depth = values;
      const each = values + 2 * targets;
      blockRows = Math.max(1, Math.min(BLOCK_ROWS, Math.floor(BLOCK_VALUES / each)));
      at = memory.allocate(blockRows * each * 4);
      return blockRows;
    },
    run(rows: Float32Array, count: number): Block {
      const floats = memory.floats();
      floats.set(rows, at >>> 2);
      const sums = at + blockRows * depth * 4;
      const size = count * targets;
      if (targets === 1) {
        floats.fill(0, sums >>> 2, (sums >>> 2) + size);
        code.sum(roots, trees, at, count, depth * 4, sums);
        return { sums: floats.subarray(sums >>> 2, (sums >>> 2) + size), marks: null };
      }
      const distance = blockRows * targets * 4;
      const marks = (sums + distance) >>> 2;
      const words = memory.words();
      floats.fill(0, sums >>> 2, (sums >>> 2) + size);
      words.fill(0, marks, marks + size);
      code.spread(roots, trees, at, count, depth * 4, sums, targets * 4, distance);
      return {
        sums: floats.subarray(sums >>> 2, (sums >>> 2) + size),
        marks: words.subarray(marks, marks + size),
      };
    },
  };
}
