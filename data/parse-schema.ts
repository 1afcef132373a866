// What a person exports from data/<name>/schema.ts → a DatasetSchema that can be relied on.

import { parseList, parseObject, ParseError, parseText } from '#contract/parse.ts';
import type { Column, DatasetSchema } from '#contract/schema.ts';
import { apiName } from '#contract/signature.ts';

/** Parses the schema of dataset `name`. Throws ParseError with the pointer of the first fault. */
export function parseSchema(value: unknown, name: string): DatasetSchema {
  const object = parseObject(value, '');
  if (object.dataset !== name)
    throw new ParseError('/dataset', `must be the folder's name: ${name}`);
  const columns = parseList(object.columns, '/columns', parseColumn);
  if (columns.length === 0) throw new ParseError('/columns', 'must not be empty');
  const names = new Map<string, string>();
  columns.forEach((column, index) => {
    const api = apiName(column.name);
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
    columns,
  };
}

function parseColumn(value: unknown, pointer: string): Column {
  const object = parseObject(value, pointer);
  const base = {
    name: parseName(object.name, `${pointer}/name`),
    description: parseText(object.description, `${pointer}/description`),
    ...(object.source !== undefined && { source: parseText(object.source, `${pointer}/source`) }),
    nullable: object.nullable === true,
  };
  switch (object.type) {
    case 'number':
      return { ...base, type: 'number', ...parseRange(object, pointer) };
    case 'category':
      return { ...base, type: 'category', categories: parseCategories(object, pointer) };
    case 'date':
    case 'text':
      return { ...base, type: object.type };
    default:
      throw new ParseError(`${pointer}/type`, 'must be "number", "category", "date" or "text"');
  }
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
