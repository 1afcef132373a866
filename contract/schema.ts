// A dataset's columns, written by a person in data/<name>/schema.ts: what the trainer checks a table against.

interface ColumnBase {
  /** The header in the file. */
  readonly name: string;
  readonly description: string;
  /** Where the meaning or the values come from, when that is not the table's publisher. */
  readonly source?: string;
  /** Whether an empty cell is allowed. */
  readonly nullable?: boolean;
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

/** A calendar day; interim tables hold it as YYYY-MM-DD. */
export interface DateColumn extends ColumnBase {
  readonly type: 'date';
}

/** Free text: kept, never a feature. */
export interface TextColumn extends ColumnBase {
  readonly type: 'text';
}

export type Column = NumberColumn | CategoryColumn | DateColumn | TextColumn;

export interface DatasetSchema {
  /** The folder under data/. */
  readonly dataset: string;
  readonly title: string;
  readonly description: string;
  readonly source: string;
  readonly licence: string;
  readonly columns: readonly Column[];
}
