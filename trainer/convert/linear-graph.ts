// The contract's linear term as ONNX operators: encoded rows → columns (numbers, missing values, categories) × weights.
// One MatMul adds up a row's columns in their order, as predictLinear does (onnxruntime 1.30, up to 256 columns; beyond, the
// sums of blocks are added, which rounds otherwise).

import type { CategoryTerm, Linear, NumberTerm } from '#contract/model/linear.ts';
import type { GraphBuilder } from './graph-builder.ts';
import { FLOAT } from '#engine/onnx/messages.ts';

interface Placed<T> {
  readonly place: number;
  readonly term: T;
}

/** Answers the name of the sums, [N, outputs]. */
export function linearNodes(
  builder: GraphBuilder,
  { terms, intercept }: Linear,
  input: string,
  options: { readonly output?: string },
): string {
  const placed = terms.map((term, place) => ({ place, term }));
  const numbers = placed.filter((at): at is Placed<NumberTerm> => at.term.type === 'number');
  const categories = placed.filter((at): at is Placed<CategoryTerm> => at.term.type === 'category');
  const missing = placed.filter(({ term }) => term.missing !== undefined);
  const columns = [
    ...(numbers.length > 0 ? [numberColumns(builder, input, numbers)] : []),
    ...(missing.length > 0 ? [missingColumns(builder, input, missing)] : []),
    ...(categories.length > 0 ? [categoryColumns(builder, input, categories)] : []),
  ];
  const design =
    columns.length === 1
      ? columns[0]!
      : builder.node('Concat', columns, { attributes: { axis: { int: 1 } } });
  const weights = [
    ...numbers.map(({ term }) => term.weights),
    ...missing.map(({ term }) => term.missing!),
    ...categories.flatMap(({ term }) => term.weights),
  ];
  const outputs = intercept.length;
  const sums = builder.node('MatMul', [
    design,
    builder.floats('weights', [weights.length, outputs], weights.flat()),
  ]);
  return builder.node('Add', [sums, builder.floats('intercept', [outputs], intercept)], options);
}

/** [N, numbers]: value − mean, drawn into the range of training; a missing value is 0. */
function numberColumns(
  builder: GraphBuilder,
  input: string,
  numbers: readonly Placed<NumberTerm>[],
): string {
  const list = (name: 'mean' | 'minimum' | 'maximum'): string =>
    builder.floats(
      name,
      [numbers.length],
      numbers.map(({ term }) => term[name]),
    );
  const values = gather(builder, 'numbers', input, numbers);
  const mean = list('mean');
  const known = builder.node('Where', [builder.node('IsNaN', [values]), mean, values]);
  const below = builder.node('Min', [known, list('maximum')]);
  return builder.node('Sub', [builder.node('Max', [below, list('minimum')]), mean]);
}

/** [N, places with missing values]: 1 where the value is missing. */
function missingColumns(
  builder: GraphBuilder,
  input: string,
  missing: readonly Placed<unknown>[],
): string {
  const values = gather(builder, 'missing', input, missing);
  return asFloat(builder, builder.node('IsNaN', [values]));
}

/** [N, categories of all features]: 1 where the code is the column's. */
function categoryColumns(
  builder: GraphBuilder,
  input: string,
  categories: readonly Placed<CategoryTerm>[],
): string {
  const columns = categories.flatMap(({ place, term }) =>
    term.weights.map((_, code) => ({ place, code })),
  );
  const values = gather(builder, 'categories', input, columns);
  const codes = builder.floats(
    'codes',
    [columns.length],
    columns.map(({ code }) => code),
  );
  return asFloat(builder, builder.node('Equal', [values, codes]));
}

function gather(
  builder: GraphBuilder,
  name: string,
  input: string,
  columns: readonly { readonly place: number }[],
): string {
  const places = builder.integers(
    `${name}_places`,
    columns.map(({ place }) => place),
  );
  return builder.node('Gather', [input, places], { attributes: { axis: { int: 1 } } });
}

const asFloat = (builder: GraphBuilder, input: string): string =>
  builder.node('Cast', [input], { attributes: { to: { int: FLOAT } } });
