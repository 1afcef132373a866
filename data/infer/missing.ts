// Texts that stand for an empty cell, where a table's publisher did not leave it empty.

/** Never a value of anything. */
const ALWAYS = new Set(['NA', 'N/A', 'n/a', 'na', '#N/A', 'NaN', 'nan', 'NULL', 'null', '?', '-']);

/** Values of some columns, and gaps in others: gaps where all else in the column is numbers. */
const AMONG_NUMBERS = new Set(['None', 'none', '.', '--', 'missing', 'unknown', 'Unknown']);

/** Marks that the columns' texts hold, in order. `isNumber` says whether a text is one in this table. */
export function missingMarks(
  columns: readonly (readonly string[])[],
  isNumber: (text: string) => boolean,
): readonly string[] {
  const marks = new Set<string>();
  const values = new Set<string>();
  for (const texts of columns) {
    const distinct = new Set(texts);
    const others = [...distinct].filter(
      (text) => text !== '' && !ALWAYS.has(text) && !AMONG_NUMBERS.has(text),
    );
    const numeric = others.length > 0 && others.every(isNumber);
    for (const text of distinct) {
      if (ALWAYS.has(text)) marks.add(text);
      if (AMONG_NUMBERS.has(text)) (numeric ? marks : values).add(text);
    }
  }
  // A mark counts in the whole table, so none may be a value anywhere.
  return [...marks].filter((mark) => !values.has(mark)).sort();
}

/** Whether a text is a gap wherever it stands. */
export const isMissingMark = (text: string): boolean => ALWAYS.has(text);
