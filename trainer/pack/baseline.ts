// baseline.json: how the training rows were spread, to compare what is asked later with. Bins are fixed here, so that
// counters kept elsewhere can be added up.

import type {
  Baseline,
  CategoryHistogram,
  Histogram,
  NumberHistogram,
} from '#contract/model/baseline.ts';
import type { Signature } from '#contract/signature.ts';
import type { Table } from '../table/table.ts';

/** The file, by encoded feature and for the target. */
interface BaselineFile extends Baseline {
  readonly format_version: 1;
  readonly target: Histogram;
}

/** Bins of about the same number of rows: as fine where the data is dense, and tails that are not empty. */
const BINS = 20;

export function baselineOf({ signature, count, width, values, target }: Table): BaselineFile {
  const columns = signature.features.map((feature, index) => {
    const column = Float64Array.from({ length: count }, (_, row) => values[row * width + index]!);
    const histogram =
      feature.type === 'number' ? numbersOf(column) : codesOf(column, feature.categories.length);
    return [feature.name, histogram] as const;
  });
  return {
    format_version: 1,
    rows: count,
    features: Object.fromEntries(columns),
    target:
      target.type === 'number'
        ? numbersOf(target.values)
        : codesOf(target.codes, labelsOf(signature)),
  };
}

function labelsOf({ target }: Signature): number {
  return target.type === 'category' ? target.labels.length : 0;
}

function numbersOf(column: Float64Array): NumberHistogram {
  const known = column.filter((value) => !Number.isNaN(value)).sort();
  const edges = new Set<number>();
  for (let bin = 1; bin < BINS; bin++) {
    const edge = known[Math.floor((bin * known.length) / BINS)];
    if (edge !== undefined && edge > known[0]!) edges.add(edge);
  }
  const counts = new Array<number>(edges.size + 1).fill(0);
  const ascending = [...edges];
  for (const value of known) counts[ascending.filter((edge) => edge <= value).length]!++;
  const total = known.length || 1;
  const mean = known.reduce((sum, value) => sum + value, 0) / total;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    type: 'number',
    edges: ascending,
    counts,
    missing: column.length - known.length,
    mean,
    sd: Math.sqrt(squares / total),
    distinct: new Set(known).size,
  };
}

function codesOf(column: Float64Array | Int32Array, categories: number): CategoryHistogram {
  const counts = new Array<number>(categories).fill(0);
  let [missing, unknown] = [0, 0];
  for (const code of column) {
    if (Number.isNaN(code)) missing++;
    else if (code >= 0) counts[code]!++;
    else unknown++;
  }
  return { type: 'category', counts, missing, unknown };
}
