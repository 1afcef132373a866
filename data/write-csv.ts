// Columns → CSV as every step after raw holds it: UTF-8, LF, a cell quoted only where RFC 4180 needs it.

import type { Cell } from './read/parse-cell.ts';

/** The text of a table: `header` above the rows of `columns`, which are equally long. */
export function csvText(header: readonly string[], columns: readonly (readonly Cell[])[]): string {
  const rows = columns[0]?.length ?? 0;
  const lines = [header.map(csvCell).join(',')];
  for (let row = 0; row < rows; row++)
    lines.push(columns.map((cells) => csvCell(cells[row]!)).join(','));
  return `${lines.join('\n')}\n`;
}

function csvCell(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
