// A dataset's columns, written by a person in data/<name>/schema.ts: what the trainer checks a table against.

interface ColumnBase {
  /** The header in the file. */
  readonly name: string;
  readonly description: string;
  /** Where the meaning or the values come from, when that is not the table's publisher. */
  readonly source?: string;
  /** Whether an empty cell is allowed. */
  readonly nullable?: boolean;
  /** The name in the API, when the header gives none or another column's. */
  readonly api_name?: string;
}

export interface NumberColumn extends ColumnBase {
  readonly type: 'number';
  readonly unit: string | null;
  /** A value outside is a fault of the table, in `unit`. */
  readonly minimum: number;
  readonly maximum: number;
  readonly integer?: boolean;
}

export interface CategoryColumn extends ColumnBase {
  readonly type: 'category';
  /** All allowed values; null when any text is a category. */
  readonly categories: readonly string[] | null;
}

/** true or false, yes or no, 1 or 0; interim tables hold it as true and false. */
export interface BooleanColumn extends ColumnBase {
  readonly type: 'boolean';
}

/** A calendar day; interim tables hold it as YYYY-MM-DD. */
export interface DateColumn extends ColumnBase {
  readonly type: 'date';
  /** What comes first where the year does not: the day, unless this says the month. */
  readonly order?: 'day-first' | 'month-first';
}

/** Free text: kept, never a feature. */
export interface TextColumn extends ColumnBase {
  readonly type: 'text';
}

export type Column = NumberColumn | CategoryColumn | BooleanColumn | DateColumn | TextColumn;

/** How the raw file writes its cells, where that is not as RFC 4180 has it. */
export interface TableFormat {
  /** Between cells; a comma when not said. */
  readonly delimiter?: ',' | ';' | '\t' | '|';
  /** Of numbers: 3.14 or 3,14; a point when not said. The other one may part thousands. */
  readonly decimal?: '.' | ',';
  /** Texts that mean an empty cell, as they are written. */
  readonly missing?: readonly string[];
}

export interface DatasetSchema {
  /** The folder under data/. */
  readonly dataset: string;
  readonly title: string;
  readonly description: string;
  readonly source: string;
  readonly licence: string;
  readonly format?: TableFormat;
  readonly columns: readonly Column[];
}
