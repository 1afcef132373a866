// The columns of a dataframe find the features of a signature: by API name or by the column's name in the dataset.
// As MLflow's schema enforcement has it, columns nobody asks for are ignored and a required one that is missing fails.

import { cellValue } from '#contract/features/cell.ts';
import { invalid } from '#contract/problem.ts';
import type { Signature } from '#contract/signature.ts';
import type { Columns } from '../../inference/predictor.ts';
import type { Invocation } from './parse-invocation.ts';

/** Throws ProblemError (invalid_request) for a feature without a column, or with two. */
export function placeColumns({ features }: Signature, invocation: Invocation): Columns {
  const { names, rows, value, pointer, cells } = invocation;
  if (names === null && invocation.width !== features.length)
    throw invalid('', `has ${invocation.width} values a row, the model takes ${features.length}`);
  const places = features.map((feature, index) => {
    if (names === null) return index;
    const found = names.flatMap((name, column) =>
      name === feature.name || name === feature.column ? [column] : [],
    );
    const [place] = found;
    if (found.length > 1) throw invalid('', `has two columns for ${feature.name}`);
    if (place !== undefined) return place;
    if (!feature.nullable) throw invalid('', `lacks the column ${feature.name}`);
    return -1;
  });
  return {
    rows,
    values: places.map((place, index) =>
      Array.from({ length: rows }, (_, row) => {
        const cell = place < 0 ? null : (value(row, place) ?? null);
        return cells === 'text' && typeof cell === 'string'
          ? cellValue(features[index]!, cell)
          : cell;
      }),
    ),
    pointer: (feature, row) => pointer(row, places[feature]!),
  };
}
