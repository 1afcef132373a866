// `npm run new`: the command line that makes a dataset and a model out of a CSV. What it does is in new/create.ts.

import { resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import color from 'picocolors';
import type { TabularTask } from '#contract/manifest.ts';
import { TYPES, type ColumnType } from '#data/infer/column-type.ts';
import { create } from './new/create.ts';
import { ROOT } from './wrangler.ts';

interface Options {
  readonly target: string;
  readonly name?: string;
  readonly task?: TabularTask;
  readonly type: ReadonlyMap<string, ColumnType>;
  readonly keep: readonly string[];
  readonly drop: readonly string[];
  readonly force: boolean;
  readonly train: boolean;
  readonly dryRun: boolean;
  readonly root: string;
  readonly registry?: string;
  readonly persistTo?: string;
  readonly parityRows?: string;
  readonly quick: boolean;
}

const program = new Command('npm run new --')
  .description(
    'Makes a dataset and a model out of a table: data/<name>/schema.ts, models/<name>/spec.ts, and a published version.',
  )
  .argument('<file>', 'a CSV (or a zip with one); - for standard input')
  .requiredOption('--target <column>', 'the column to predict')
  .option('--name <name>', 'of the dataset and the model (default: the name of the file)')
  .addOption(
    new Option('--task <task>', 'when numbers are labels, or labels numbers').choices([
      'classification',
      'regression',
    ]),
  )
  .option('--type <column=type>', `of a column: ${TYPES.join(', ')}`, parseType, new Map())
  .option('--keep <column>', 'a feature, whatever speaks against it', list, [])
  .option('--drop <column>', 'no feature', list, [])
  .option('--force', 'write over the schema and the spec of that name', false)
  .option('--no-train', 'stop before the trainer')
  .option('--dry-run', 'say what is in the table, write nothing', false)
  .option('--root <folder>', 'where data/ and models/ are', ROOT)
  .option('--registry <where>', "the trainer's")
  .option('--persist-to <folder>', "the trainer's")
  .option('--parity-rows <count>', "the trainer's")
  .option('--quick', "the trainer's", false)
  .addHelpText(
    'after',
    `
Examples:
  npm run new -- houses.csv --target price
  npm run new -- survey.csv --target churned --drop comment --type "zip=category"
  curl -s https://example.org/cars.csv | npm run new -- - --target mpg --name cars`,
  )
  .allowExcessArguments(false)
  .exitOverride();

process.stdout.on('error', () => process.exit());

try {
  program.parse();
  const { type: types, task = null, ...options } = program.opts<Options>();
  process.exitCode = await create({
    ...options,
    name: options.name,
    types,
    task,
    file: program.args[0]!,
    root: resolve(options.root),
    trainer: passedOn(options),
  });
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${color.red('error:')} ${message}\n`);
    process.exitCode = 1;
  }
}

function passedOn(options: Partial<Options>): readonly string[] {
  const { registry, persistTo, parityRows, quick } = options;
  const given = { '--registry': registry, '--persist-to': persistTo, '--parity-rows': parityRows };
  const values = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [name, value],
  );
  return quick === true ? [...values, '--quick'] : values;
}

function list(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function parseType(
  text: string,
  before: ReadonlyMap<string, ColumnType>,
): ReadonlyMap<string, ColumnType> {
  const at = text.lastIndexOf('=');
  const type = TYPES.find((known) => known === text.slice(at + 1));
  if (at < 1 || type === undefined)
    throw new InvalidArgumentError(`It must be COLUMN=TYPE, a type of ${TYPES.join(', ')}.`);
  return new Map([...before, [text.slice(0, at), type]]);
}
