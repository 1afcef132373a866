// A table that nobody has described → the schema a person would write for it, to be read and edited.

import { isUtf8 } from 'node:buffer';
import type { Column, DatasetSchema, TableFormat } from '#contract/schema.ts';
import { checkEncoding, withoutBom } from '../read/check-encoding.ts';
import { DataError } from '../data-error.ts';
import { faultsError, quote, type Fault } from '../read/fault.ts';
import { isEmpty, parseCsv, type CsvLine } from '../read/parse-csv.ts';
import type { RawTable } from '../versions/raw-store.ts';
import { renamed } from './api-names.ts';
import { inferColumn, isCategories } from './infer-column.ts';
import { columnType, isAmbiguous, type ColumnType } from './column-type.ts';
import { decimalOf } from './decimal.ts';
import { delimiterOf, type Delimiter } from './delimiter.ts';
import { missingMarks } from './missing.ts';
import { parseNumber } from '../read/parse-number.ts';

export interface InferOptions {
  readonly dataset: string;
  /** Header or API name of the column to predict. */
  readonly target: string;
  /** What a person knows better, by header. */
  readonly types: ReadonlyMap<string, ColumnType>;
  /** Whether the target's numbers are labels; decided by how many there are when not said. */
  readonly task: 'classification' | 'regression' | null;
}

export interface InferredSchema {
  readonly schema: DatasetSchema;
  /** The target's header. */
  readonly target: string;
  /** Headers that cannot name a column; their cells are left in the raw table. */
  readonly nameless: readonly string[];
  /** What a person should know about how the table was read. */
  readonly remarks: readonly string[];
}

/** Throws DataError when it is no table, or has no such target. Single cells are checked by parseTable. */
export function inferSchema(table: RawTable, options: InferOptions): InferredSchema {
  const bytes = withoutBom(table.bytes);
  const unreadable = checkEncoding(bytes) ?? latin1(bytes);
  if (unreadable !== null)
    throw faultsError(table.name, [{ line: 1, column: null, detail: unreadable }]);
  const delimiter = delimiterOf(new TextDecoder().decode(bytes.subarray(0, 2 ** 20)));
  const faults: Fault[] = [];
  const [header, ...lines] = parseCsv(bytes, faults, delimiter);
  if (header === undefined || faults.length > 0) throw faultsError(table.name, faults);

  const headers = header.cells.map((cell) => cell.trim().normalize('NFC'));
  const named = headers.filter((name) => /[\p{L}\p{N}]/u.test(name));
  const texts = textsOf(lines, headers);
  const columns = named.map((name) => texts.get(name)!);
  const decimal = decimalOf(columns);
  const marks = missingMarks(columns, (text) => parseNumber(text, decimal) !== null);
  const missing = new Set(['', ...marks]);
  const known = new Map(
    named.map((name) => [name, texts.get(name)!.filter((text) => !missing.has(text))]),
  );
  const target = findTarget(options.target, [...known.keys()]);
  const types = new Map<string, ColumnType>();
  for (const [name, values] of known)
    types.set(name, options.types.get(name) ?? columnType(values, decimal));
  if (!options.types.has(target))
    types.set(
      target,
      targetType(target, known.get(target)!, types, { decimal, task: options.task }),
    );
  checkNames(options.types, types);

  const names = renamed([...known.keys()], (name) => types.get(name) === 'date');
  const schema: DatasetSchema = {
    dataset: options.dataset,
    title: titleOf(options.dataset),
    description: `One row for each line of ${table.name}.`,
    source: table.source,
    licence: 'Not stated.',
    ...formatOf(delimiter, decimal, marks),
    columns: [...known].map(([name, values]): Column => ({
      ...inferColumn(name, types.get(name)!, { values, decimal }),
      ...(names.has(name) && { api_name: names.get(name)! }),
      ...(values.length < texts.get(name)!.length && name !== target && { nullable: true }),
    })),
  };
  return {
    schema,
    target,
    nameless: headers.filter((name) => !named.includes(name)),
    remarks: [
      ...[...names].map(([name, api]) => `${name}: called ${api} in the API`),
      ...[...known]
        .filter(([name, values]) => types.get(name) === 'date' && isAmbiguous(values))
        .map(([name]) => `${name}: days read with the day first (the table does not tell)`),
    ],
  };
}

/** What is no UTF-8 and has no zero byte is of one of the older encodings of one byte a character. */
function latin1(bytes: Uint8Array): string | null {
  if (isUtf8(bytes)) return null;
  const text = new TextDecoder('latin1').decode(bytes);
  const at = [...text.matchAll(/[\u0080-\uffff][^\n]{0,20}/g)].find(
    ({ index }) => !isUtf8(bytes.subarray(index, Math.min(index + 4, bytes.length))),
  );
  const line = text.slice(0, at?.index ?? 0).split('\n').length;
  return `is not UTF-8 but perhaps Latin-1 or Windows-1252: see ${quote(at?.[0] ?? '')} in line ${line}; save it as "CSV UTF-8"`;
}

/** Texts by header, of rows whose cells can be told apart; the others are faults that parseTable will name. */
function textsOf(
  lines: readonly CsvLine[],
  headers: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const whole = lines.filter((line) => line.cells.length === headers.length && !isEmpty(line));
  return new Map(
    headers.map((name, place) => [
      name,
      whole.map(({ cells }) => cells[place]!.trim().normalize('NFC')),
    ]),
  );
}

function findTarget(wanted: string, names: readonly string[]): string {
  const plain = (name: string): string =>
    name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '_')
      .replace(/^_+|_+$/g, '');
  const found =
    names.find((name) => name === wanted) ?? names.find((name) => plain(name) === plain(wanted));
  if (found !== undefined) return found;
  throw new DataError(`no such column: ${wanted} (there is: ${names.join(', ')})`);
}

function checkNames(
  asked: ReadonlyMap<string, ColumnType>,
  types: ReadonlyMap<string, ColumnType>,
): void {
  for (const name of asked.keys())
    if (!types.has(name))
      throw new DataError(`no such column: ${name} (there is: ${[...types.keys()].join(', ')})`);
}

/** Numbers that are few and whole are labels; two truths are labels. */
function targetType(
  name: string,
  values: readonly string[],
  types: ReadonlyMap<string, ColumnType>,
  { decimal, task }: { decimal: '.' | ','; task: InferOptions['task'] },
): ColumnType {
  const type = types.get(name)!;
  if (task === 'classification' || type === 'boolean' || type === 'text') return 'category';
  if (task === 'regression' || type !== 'number') return task === 'regression' ? 'number' : type;
  return isCategories(values, decimal) ? 'category' : 'number';
}

function formatOf(delimiter: Delimiter, decimal: '.' | ',', missing: readonly string[]) {
  const format: TableFormat = {
    ...(delimiter !== ',' && { delimiter }),
    ...(decimal !== '.' && { decimal }),
    ...(missing.length > 0 && { missing }),
  };
  return Object.keys(format).length === 0 ? {} : { format };
}

function titleOf(dataset: string): string {
  const words = dataset.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
