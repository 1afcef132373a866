// A few rows of the table that show what the model does: different labels, answered right and surely.

import type { Dataset } from '#data/versions/dataset.ts';
import type { RowValue } from '#contract/features/cell.ts';
import type { Example } from '#contract/manifest.ts';
import type { Signature } from '#contract/signature.ts';
import type { FittedModel } from '../fit/fitted-model.ts';
import { likeliest } from '#contract/model/likeliest.ts';
import { rowOf, type Table } from '../table/table.ts';

const EXAMPLES = 3;

/** The surest right answers, one a label; for a number the closest, one a value. Ties go to the earlier row. */
export function chooseExamples(
  dataset: Dataset,
  { signature, table, model }: { signature: Signature; table: Table; model: FittedModel },
): readonly Example[] {
  const { target } = table;
  const candidates = model.predictAll(table.values).map((answer, row) => {
    if (target.type === 'number') return { row, doubt: Math.abs(answer[0]! - target.values[row]!) };
    const code = target.codes[row]!;
    return { row, doubt: likeliest(answer) === code ? 1 - answer[code]! : Infinity };
  });
  const sure = candidates.filter(({ doubt }) => doubt !== Infinity);
  sure.sort((a, b) => a.doubt - b.doubt || a.row - b.row);

  const examples = new Map<string | number, Example>();
  for (const { row } of sure) {
    const value = targetValue(dataset.columns[signature.target.column]![row]!);
    if (examples.size === EXAMPLES) break;
    if (!examples.has(value))
      examples.set(value, { row: rowOf(dataset, signature, row), target: value });
  }
  return [...examples.values()];
}

const targetValue = (cell: RowValue): string | number =>
  typeof cell === 'number' ? cell : String(cell);
