// The confusion matrix as a person reads it: which labels are taken for which, and of many labels those that matter.

export interface Mistake {
  readonly truth: string;
  readonly taken: string;
  readonly rows: number;
}

export interface ConfusionView {
  /** The labels that are shown, in the model's order. */
  readonly labels: readonly string[];
  /** By shown label: rows by true label, columns by predicted one, then what went to labels that are not shown. */
  readonly cells: readonly (readonly number[])[];
  readonly elsewhere: readonly number[];
  /** Largest cell, and largest of those off the diagonal. */
  readonly most: number;
  /** How many labels are not shown, all of them with no fewer rows right. */
  readonly left_out: number;
}

/** Wrong pairs, most rows first; equals in the order of the labels. */
export function mistakesOf(
  labels: readonly string[],
  matrix: readonly (readonly number[])[],
): readonly Mistake[] {
  return matrix
    .flatMap((row, truth) =>
      row.map((rows, taken) => ({
        truth: labels[truth]!,
        taken: labels[taken]!,
        rows,
        truth_at: truth,
        taken_at: taken,
      })),
    )
    .filter(({ rows, truth_at, taken_at }) => rows > 0 && truth_at !== taken_at)
    .sort((a, b) => b.rows - a.rows || a.truth_at - b.truth_at || a.taken_at - b.taken_at)
    .map(({ truth, taken, rows }) => ({ truth, taken, rows }));
}

/** The matrix of at most `limit` labels: all of them, or those that take part in most mistakes. */
export function confusionView(
  labels: readonly string[],
  matrix: readonly (readonly number[])[],
  limit: number,
): ConfusionView {
  const faults = labels.map((_, at) =>
    matrix.reduce((sum, row, truth) => {
      if (truth === at)
        return sum + row.reduce((all, rows, taken) => all + (taken === at ? 0 : rows), 0);
      return sum + (row[at] ?? 0);
    }, 0),
  );
  const shown = labels
    .map((_, at) => at)
    .sort((a, b) => faults[b]! - faults[a]! || a - b)
    .slice(0, limit)
    .sort((a, b) => a - b);
  const cells = shown.map((truth) => shown.map((taken) => matrix[truth]?.[taken] ?? 0));
  const sums = shown.map((truth) => (matrix[truth] ?? []).reduce((sum, rows) => sum + rows, 0));
  return {
    labels: shown.map((at) => labels[at]!),
    cells,
    elsewhere: cells.map((row, at) => sums[at]! - row.reduce((sum, rows) => sum + rows, 0)),
    most: Math.max(1, ...cells.flat()),
    left_out: labels.length - shown.length,
  };
}

export interface MistakeChange {
  readonly truth: string;
  readonly taken: string;
  /** Held-out rows of either version. */
  readonly here: number;
  readonly there: number;
}

export interface LabelledMatrix {
  readonly labels: readonly string[];
  readonly matrix: readonly (readonly number[])[];
}

/** Wrong pairs that one version has more often than the other, the greatest difference first. Labels meet by their names. */
export function mistakeChanges(
  here: LabelledMatrix,
  there: LabelledMatrix,
): readonly MistakeChange[] {
  const key = ({ truth, taken }: Mistake): string => JSON.stringify([truth, taken]);
  const counts = new Map<string, MistakeChange>();
  for (const mistake of mistakesOf(here.labels, here.matrix))
    counts.set(key(mistake), { ...mistake, here: mistake.rows, there: 0 });
  for (const mistake of mistakesOf(there.labels, there.matrix)) {
    const ours = counts.get(key(mistake))?.here ?? 0;
    counts.set(key(mistake), { ...mistake, here: ours, there: mistake.rows });
  }
  return [...counts.values()]
    .filter((change) => change.here !== change.there)
    .map(({ truth, taken, here: ours, there: theirs }) => ({
      truth,
      taken,
      here: ours,
      there: theirs,
    }))
    .sort((a, b) => Math.abs(b.here - b.there) - Math.abs(a.here - a.there));
}
