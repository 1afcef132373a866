// Which column of a file is which feature, and a record of the file as a row of the model.

import { cellValue, type RowValue } from '#contract/features/cell.ts';
import { apiName, type Signature } from '#contract/signature.ts';

/** By API name of the feature: the place of its column, or null where the file has none. */
export type Columns = Readonly<Record<string, number | null>>;

/** Columns by name: as the API has it, as the dataset has it, or spelled nearly so. */
export function matchColumns({ features }: Signature, header: readonly string[]): Columns {
  const plain = header.map(nameOf);
  return Object.fromEntries(
    features.map(({ name, column }) => {
      const exact = header.findIndex((cell) => cell.trim() === name || cell.trim() === column);
      const near = plain.findIndex((cell) => cell === name || cell === nameOf(column));
      const place = exact >= 0 ? exact : near;
      return [name, place >= 0 ? place : null];
    }),
  );
}

/** Features that the file lacks and the model cannot do without, by column name. */
export const missingColumns = ({ features }: Signature, columns: Columns): readonly string[] =>
  features
    .filter(({ name, nullable }) => columns[name] === null && !nullable)
    .map(({ column }) => column);

/** The row that the API makes of a record. */
export function rowOfCells(
  { features }: Signature,
  columns: Columns,
  cells: readonly string[],
): Readonly<Record<string, RowValue>> {
  return Object.fromEntries(
    features.map((feature) => {
      const place = columns[feature.name] ?? null;
      return [feature.name, place === null ? null : cellValue(feature, cells[place] ?? '')];
    }),
  );
}

/** The cells to send, in the order of the features that the file has. */
export function sentCells(
  { features }: Signature,
  columns: Columns,
): {
  readonly header: readonly string[];
  readonly of: (cells: readonly string[]) => readonly string[];
} {
  const there = features.filter(({ name }) => (columns[name] ?? null) !== null);
  const places = there.map(({ name }) => columns[name] ?? 0);
  return {
    header: there.map(({ name }) => name),
    of: (cells) => places.map((place) => cells[place] ?? ''),
  };
}

function nameOf(cell: string): string {
  try {
    return apiName(cell);
  } catch {
    // A cell without letters or digits names nothing.
    return '';
  }
}
