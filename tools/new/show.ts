// What `npm run new` says of a table: how it was read, what goes into the model, and what is kept out and why.

import color from 'picocolors';
import { quote } from '#data/read/fault.ts';
import type { Column, DatasetSchema } from '#contract/schema.ts';
import type { Draft } from './draft.ts';

const NAMES: Readonly<Record<string, string>> = {
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};

export function say(word: string, text: string): void {
  process.stdout.write(`${color.cyan(word.padEnd(9))} ${text}\n`);
}

export function showDraft({ table, inferred, parsed, verdicts, task, labels }: Draft): void {
  const { schema, target, nameless, remarks } = inferred;
  const { format } = schema;
  const notes = [
    `${parsed.rows.toLocaleString('en-US')} rows, ${schema.columns.length} columns`,
    ...formatNotes(format),
  ];
  say('read', `${table.name}: ${notes.join('; ')}`);
  say('target', `${target}: ${task === 'regression' ? 'a number' : `${labels} labels`} → ${task}`);
  const features = verdicts.filter(
    ({ column, keptOut }) => keptOut === null && column.name !== target,
  );
  const widest = Math.min(32, Math.max(...verdicts.map(({ column }) => column.name.length)));
  features.forEach(({ column }, index) =>
    say(index === 0 ? 'features' : '', `${nameOf(column, widest)}  ${typeOf(column)}`),
  );
  const others = verdicts.filter(({ keptOut }) => keptOut !== null);
  others.forEach(({ column, keptOut }, index) =>
    say(index === 0 ? 'kept out' : '', `${nameOf(column, widest)}  ${color.yellow(keptOut ?? '')}`),
  );
  if (nameless.length > 0)
    say('ignored', `columns without a name: ${nameless.map(quote).join(', ')}`);
  for (const remark of remarks) say('note', remark);
}

function formatNotes(format: DatasetSchema['format'] = {}): readonly string[] {
  const { delimiter, decimal, missing } = format;
  return [
    ...(delimiter === undefined ? [] : [`cells between ${NAMES[delimiter] ?? 'commas'}`]),
    ...(decimal === ',' ? ['decimal commas'] : []),
    ...(missing === undefined ? [] : [`missing: ${missing.join(' ')}`]),
  ];
}

const nameOf = ({ name }: Column, width: number): string => oneLine(name).padEnd(width);

function typeOf(column: Column): string {
  const unit = column.type === 'number' && column.unit !== null ? ` in ${column.unit}` : '';
  return `${column.type}${unit}${column.nullable === true ? color.dim(', may be missing') : ''}`;
}

const oneLine = (text: string): string => text.replace(/\p{C}/gu, ' ');
