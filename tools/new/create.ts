// What `npm run new` does: reads the table, says what is in it, writes the two files, takes the table in, trains.

import { copyFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import color from 'picocolors';
import { schemaSource } from '#data/infer/schema-source.ts';
import { readTableFile, readTableStream } from '#data/read/read-table.ts';
import { takeTable } from '#data/versions/take.ts';
import { writeWhole } from '#data/write-file.ts';
import { specSource } from '../../trainer/spec/spec-source.ts';
import { runScript } from '../run-script.ts';
import { ROOT } from '../wrangler.ts';
import { draftOf, type Draft, type DraftOptions } from './draft.ts';
import { placeFor, type Place } from './name.ts';
import { say, showDraft } from './show.ts';

export interface CreateOptions extends Omit<DraftOptions, 'dataset'> {
  /** A path, or - for standard input. */
  readonly file: string;
  readonly name: string | undefined;
  readonly root: string;
  readonly force: boolean;
  readonly train: boolean;
  /** Write nothing, only say what would be written. */
  readonly dryRun: boolean;
  /** Passed on to the trainer. */
  readonly trainer: readonly string[];
}

/** Answers the exit code. Throws, with nothing written, when the table is faulty or a name is taken. */
export async function create(options: CreateOptions): Promise<number> {
  const { file, root } = options;
  const table = file === '-' ? await readTableStream(process.stdin) : await readTableFile(file);
  const place = placeFor({ ...options, file: table.name });
  const draft = draftOf(table, { ...options, dataset: place.name });
  showDraft(draft);
  if (place.instead !== null)
    say('note', `called ${place.name}: there is a ${place.instead} already`);
  if (options.dryRun) return 0;
  await write(place, draft, root);
  if (!options.train) return next(options, place);
  say('train', `npm run trainer -- --model ${place.name}\n`);
  const code = await runScript('trainer/cli.ts', [
    ...['--model', place.name, '--data-root', join(root, 'data'), '--spec-root', root],
    ...options.trainer,
  ]);
  process.stdout.write('\n');
  if (code === 0) return next(options, place);
  say('again', `npm run trainer -- --model ${place.name} (the files above are there)`);
  return code;
}

/** The raw table last: a dataset that has no table says what to do, a table without a schema does not. */
async function write(place: Place, draft: Draft, root: string): Promise<void> {
  const { inferred, table, parsed, verdicts, task, labels } = draft;
  const { name, schemaFile, specFile } = place;
  const columns = verdicts
    .filter(({ column }) => column.name !== inferred.target)
    .map(({ column, keptOut }) => ({ name: column.name, keptOut }));
  const spec = specSource({
    name,
    target: inferred.target,
    task,
    rows: parsed.rows,
    labels,
    columns,
  });
  const files = [
    [schemaFile, schemaSource(inferred.schema)],
    [specFile, spec],
  ] as const;
  for (const [file, source] of files) {
    if (existsSync(file)) {
      await copyFile(file, `${file}.old`);
      say('kept', `${shown(file)}.old, as it was before`);
    }
    await writeWhole(file, new TextEncoder().encode(await formatted(source)));
    say('wrote', shown(file));
  }
  const { record } = await takeTable(join(root, 'data'), inferred.schema, table);
  say('took', shown(join(root, 'data', name, 'raw', record.file)));
}

/** As `npm run fix` would leave it; as it is where prettier is not installed. */
async function formatted(source: string): Promise<string> {
  try {
    const prettier = await import('prettier');
    return await prettier.format(source, {
      parser: 'typescript',
      singleQuote: true,
      printWidth: 100,
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')
      return source;
    throw error;
  }
}

function next({ file, train }: CreateOptions, { name, schemaFile, specFile }: Place): number {
  const table = file === '-' ? 'rows.csv' : JSON.stringify(file).replace(/^"([^ ]*)"$/, '$1');
  const lines = [
    ...(train
      ? [
          ['npm start', 'the page and the API, with this model'],
          [`npm run predict -- ${table} --model ${name}`, 'answers for the rows of a file'],
        ]
      : []),
    [`npm run trainer -- --model ${name}`, 'again, after an edit of the files below'],
    [shown(specFile), 'what is learned, and from which columns'],
    [shown(schemaFile), 'what the columns mean: units, ranges, categories'],
  ];
  lines.forEach(([command, what], index) => {
    say(index === 0 ? 'next' : '', command!);
    say('', color.dim(`  ${what!}`));
  });
  return 0;
}

const shown = (file: string): string => {
  const short = relative(ROOT, file);
  return short.startsWith('..') ? file : short;
};
