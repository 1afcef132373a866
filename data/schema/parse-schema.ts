// What a person exports from data/<name>/schema.ts → a DatasetSchema that can be relied on.

import {
  checkName,
  parseList,
  parseObject,
  ParseError,
  parseText,
} from '#contract/shapes/parse.ts';
import type { Column, DatasetSchema, TableFormat } from '#contract/schema.ts';
import { apiNameOf } from '#contract/signature.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const DECIMALS = ['.', ','] as const;
const ORDERS = ['day-first', 'month-first'] as const;

/** Parses the schema of dataset `name`. Throws ParseError with the pointer of the first fault. */
export function parseSchema(value: unknown, name: string): DatasetSchema {
  const object = parseObject(value, '');
  if (object.dataset !== name)
    throw new ParseError('/dataset', `must be the folder's name: ${name}`);
  const columns = parseList(object.columns, '/columns', parseColumn);
  if (columns.length === 0) throw new ParseError('/columns', 'must not be empty');
  const names = new Map<string, string>();
  columns.forEach((column, index) => {
    const api = apiNameOf(column);
    const other = names.get(api);
    if (other !== undefined)
      throw new ParseError(`/columns/${index}/name`, `has the API name of ${other}: ${api}`);
    names.set(api, column.name);
  });
  return {
    dataset: name,
    title: parseText(object.title, '/title'),
    description: parseText(object.description, '/description'),
    source: parseText(object.source, '/source'),
    licence: parseText(object.licence, '/licence'),
    ...(object.format !== undefined && { format: parseFormat(object.format) }),
    columns,
  };
}

function parseColumn(value: unknown, pointer: string): Column {
  const object = parseObject(value, pointer);
  const base = {
    name: parseName(object.name, `${pointer}/name`),
    description: parseText(object.description, `${pointer}/description`),
    ...(object.source !== undefined && { source: parseText(object.source, `${pointer}/source`) }),
    ...(object.api_name !== undefined && {
      api_name: checkName(object.api_name, `${pointer}/api_name`),
    }),
    nullable: object.nullable === true,
  };
  switch (object.type) {
    case 'number':
      return { ...base, type: 'number', ...parseRange(object, pointer) };
    case 'category':
      return { ...base, type: 'category', categories: parseCategories(object, pointer) };
    case 'date':
      return { ...base, type: 'date', ...parseOrder(object.order, `${pointer}/order`) };
    case 'boolean':
    case 'text':
      return { ...base, type: object.type };
    default:
      throw new ParseError(
        `${pointer}/type`,
        'must be "number", "category", "boolean", "date" or "text"',
      );
  }
}

function parseFormat(value: unknown): TableFormat {
  const { delimiter, decimal, missing } = parseObject(value, '/format');
  return {
    ...(delimiter !== undefined && {
      delimiter: oneOf(DELIMITERS, delimiter, '/format/delimiter'),
    }),
    ...(decimal !== undefined && { decimal: oneOf(DECIMALS, decimal, '/format/decimal') }),
    ...(missing !== undefined && { missing: parseList(missing, '/format/missing', parseText) }),
  };
}

function parseOrder(value: unknown, pointer: string) {
  return value === undefined ? {} : { order: oneOf(ORDERS, value, pointer) };
}

function oneOf<T extends string>(known: readonly T[], value: unknown, pointer: string): T {
  const found = known.find((one) => one === value);
  if (found === undefined)
    throw new ParseError(
      pointer,
      `must be one of ${known.map((one) => JSON.stringify(one)).join(', ')}`,
    );
  return found;
}

function parseName(value: unknown, pointer: string): string {
  const name = parseText(value, pointer);
  if (name !== name.trim().normalize('NFC'))
    throw new ParseError(pointer, 'must have no space around it and be in Unicode NFC');
  if (!/[\p{L}\p{N}]/u.test(name)) throw new ParseError(pointer, 'must have a letter or digit');
  return name;
}

function parseRange(object: Record<string, unknown>, pointer: string) {
  const minimum = parseFinite(object.minimum, `${pointer}/minimum`);
  const maximum = parseFinite(object.maximum, `${pointer}/maximum`);
  if (minimum > maximum) throw new ParseError(`${pointer}/minimum`, 'must not be above maximum');
  return {
    unit: object.unit === null ? null : parseText(object.unit, `${pointer}/unit`),
    minimum,
    maximum,
    integer: object.integer === true,
  };
}

function parseFinite(value: unknown, pointer: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new ParseError(pointer, 'must be a finite number');
  return value;
}

function parseCategories(
  object: Record<string, unknown>,
  pointer: string,
): readonly string[] | null {
  if (object.categories === null) return null;
  const categories = parseList(object.categories, `${pointer}/categories`, parseText);
  if (categories.length === 0) throw new ParseError(`${pointer}/categories`, 'must not be empty');
  if (new Set(categories).size !== categories.length)
    throw new ParseError(`${pointer}/categories`, 'must be unique');
  return categories;
}
