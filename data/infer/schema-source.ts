// A schema as the file data/<name>/schema.ts that a person reads and edits.

import type { Column, DatasetSchema } from '#contract/schema.ts';

/** TypeScript whose default export is `schema`. */
export function schemaSource(schema: DatasetSchema): string {
  const { columns, ...head } = schema;
  const fields = Object.entries(head).map(([name, value]) => `  ${name}: ${literal(value)},`);
  return [
    `// The columns of ${schema.title}, as read off the table: correct what is wrong, and say what each column means.`,
    '// A number outside of its range is a fault of the next table; the ranges here are twice as wide as what was seen.',
    '',
    "import type { DatasetSchema } from '#contract/schema.ts';",
    '',
    'const schema: DatasetSchema = {',
    ...fields,
    '  columns: [',
    ...columns.map((column) => `    ${columnSource(column)},`),
    '  ],',
    '};',
    '',
    'export default schema;',
    '',
  ].join('\n');
}

/** Name and type first, what is said of it last. */
function columnSource({ name, type, description, ...rest }: Column): string {
  return literal({ name, type, ...rest, description });
}

/** A JSON value as TypeScript: keys that are names stand without quotes. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{ ${fields.map(([key, field]) => `${key}: ${literal(field)}`).join(', ')} }`;
}
