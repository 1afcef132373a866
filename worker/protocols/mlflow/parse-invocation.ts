// The JSON forms of MLflow's scoring server, each of which is a table: named columns, or rows in the order of the signature.

import { invalid } from '#contract/problem.ts';
import { escapePointer } from '#contract/shapes/parse.ts';
import { MAX_ROWS, tooManyRows } from '../../limits.ts';

/** What is asked for: the label or value of each row, or its probabilities. */
export type PredictMethod = 'predict' | 'predict_proba';

export interface Invocation {
  readonly rows: number;
  /** Columns. */
  readonly width: number;
  /** Null when the columns have no names: then they are the signature's features in order. */
  readonly names: readonly string[] | null;
  /** Whether values are JSON's, or the texts of CSV cells. */
  readonly cells: 'json' | 'text';
  value(row: number, column: number): unknown;
  pointer(row: number, column: number): string;
  readonly method: PredictMethod;
}

type Table = Omit<Invocation, 'method' | 'cells'>;

const FORMS: Readonly<Record<string, (value: unknown, pointer: string) => Table>> = {
  dataframe_split: parseSplit,
  dataframe_records: parseRecords,
  instances: parseRowsOrColumns,
  inputs: parseRowsOrColumns,
};

/** Throws ProblemError (invalid_request, too_large) with the pointer of the fault. */
export function parseInvocation(body: unknown): Invocation {
  const request = parseObject(body, '');
  const forms = Object.keys(FORMS).filter((form) => Object.hasOwn(request, form));
  const [form] = forms;
  if (form === undefined || forms.length > 1)
    throw invalid('', `must have exactly one of ${Object.keys(FORMS).join(', ')}`);
  const other = Object.keys(request).find((key) => key !== form && key !== 'params');
  if (other !== undefined) throw invalid(`/${escapePointer(other)}`, 'is not known here');
  const method = parseMethod(request.params);
  const table = FORMS[form]!(request[form], `/${form}`);
  if (table.rows === 0) throw invalid(`/${form}`, 'must have at least one row');
  if (table.rows > MAX_ROWS) throw tooManyRows(table.rows);
  return { ...table, cells: 'json', method };
}

function parseMethod(value: unknown): PredictMethod {
  if (value === undefined || value === null) return 'predict';
  const { predict_method: method = 'predict', ...others } = parseObject(value, '/params');
  const [other] = Object.keys(others);
  if (other !== undefined) throw invalid(`/params/${escapePointer(other)}`, 'is not known here');
  if (method === 'predict' || method === 'predict_proba') return method;
  throw invalid('/params/predict_method', 'must be "predict" or "predict_proba"');
}

/** {"columns": [names], "data": [[values]], "index"?: […]} */
function parseSplit(value: unknown, pointer: string): Table {
  const split = parseObject(value, pointer);
  const columns = parseArray(split.columns, `${pointer}/columns`);
  const names = columns.map((name, index) => {
    if (typeof name !== 'string') throw invalid(`${pointer}/columns/${index}`, 'must be a name');
    return name;
  });
  const data = parseArray(split.data, `${pointer}/data`);
  return { ...arrays(data, `${pointer}/data`, names.length), names };
}

/** [{name: value}, …] */
function parseRecords(value: unknown, pointer: string): Table {
  const records = parseArray(value, pointer).map((record, row) =>
    parseObject(record, `${pointer}/${row}`),
  );
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return {
    rows: records.length,
    width: names.length,
    names,
    value: (row, column) => {
      const record = records[row]!;
      const name = names[column]!;
      return Object.hasOwn(record, name) ? record[name] : undefined;
    },
    pointer: (row, column) => `${pointer}/${row}/${escapePointer(names[column]!)}`,
  };
}

/** A list of records, a list of rows in order, or an object of columns. */
function parseRowsOrColumns(value: unknown, pointer: string): Table {
  if (!Array.isArray(value)) return parseColumns(value, pointer);
  const [first] = value;
  if (!Array.isArray(first)) return parseRecords(value, pointer);
  return { ...arrays(value, pointer, first.length), names: null };
}

function parseColumns(value: unknown, pointer: string): Table {
  const columns = parseObject(value, pointer);
  const names = Object.keys(columns);
  const lists = names.map((name) => parseArray(columns[name], `${pointer}/${escapePointer(name)}`));
  const rows = lists[0]?.length ?? 0;
  lists.forEach((list, index) => {
    if (list.length !== rows)
      throw invalid(
        `${pointer}/${escapePointer(names[index]!)}`,
        `must have ${rows} values as the first column has`,
      );
  });
  return {
    rows,
    width: names.length,
    names,
    value: (row, column) => lists[column]![row],
    pointer: (row, column) => `${pointer}/${escapePointer(names[column]!)}/${row}`,
  };
}

function arrays(data: readonly unknown[], pointer: string, width: number): Omit<Table, 'names'> {
  const rows = data.map((values, row) => {
    const list = parseArray(values, `${pointer}/${row}`);
    if (list.length !== width) throw invalid(`${pointer}/${row}`, `must have ${width} values`);
    return list;
  });
  return {
    rows: rows.length,
    width,
    value: (row, column) => rows[row]![column],
    pointer: (row, column) => `${pointer}/${row}/${column}`,
  };
}

function parseObject(value: unknown, pointer: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(pointer, 'must be an object');
  return value as Record<string, unknown>;
}

function parseArray(value: unknown, pointer: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(pointer, 'must be a list');
  return value;
}
