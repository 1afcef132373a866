// What stands between the cells of a CSV file that nobody has described.

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** Rows looked at. */
const SAMPLE = 200;

/** The delimiter that cuts the most rows into as many cells as the header has; a comma when none cuts at all. */
export function delimiterOf(text: string): Delimiter {
  const [header = '', ...rows] = sample(text);
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const cuts = countOutsideQuotes(header, delimiter);
    if (cuts === 0) continue;
    const agreeing = rows.filter((row) => countOutsideQuotes(row, delimiter) === cuts).length;
    // Rows that agree say more than many cuts; one more cut decides between equals.
    const score = (agreeing + 1) / (rows.length + 1) + cuts / 1e6;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** The first rows, line breaks in quoted cells left out. */
function sample(text: string): string[] {
  const rows: string[] = [];
  let [row, quoted] = ['', false];
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (quoted || (character !== '\n' && character !== '\r')) row += character;
    else if (row !== '') {
      rows.push(row);
      row = '';
    }
    if (rows.length > SAMPLE) return rows;
  }
  return row === '' ? rows : [...rows, row];
}

function countOutsideQuotes(row: string, delimiter: string): number {
  let [count, quoted] = [0, false];
  for (const character of row) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && character === delimiter) count++;
  }
  return count;
}
