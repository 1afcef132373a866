// `npm run data`: the command line of the datasets. What it does is in run.ts.

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import color from 'picocolors';
import { isAboutVersions, runVersions, type VersionOptions } from './dvc/run.ts';
import { ROWS, run, SEED, type Options } from './run.ts';

/** Options about one table, which go with none about versions. */
const TABLE = ['from', 'kaggle', 'synthetic', 'check', 'describe'];

const program = new Command('npm run data --')
  .description(
    'Gives a dataset its raw table, and rebuilds interim and processed from it.\n' +
      'Without options: writes the synthetic table when no other is there.',
  )
  .option('--dataset <name>', 'the folder under data/', 'crocodile')
  .addOption(
    new Option(
      '--from <file>',
      'take the table in this file (CSV, or zip with one; - for stdin)',
    ).conflicts(['kaggle', 'synthetic', 'check']),
  )
  .addOption(
    new Option('--kaggle', 'download it with KAGGLE_USERNAME and KAGGLE_KEY').conflicts([
      'synthetic',
      'check',
    ]),
  )
  .addOption(new Option('--synthetic', 'take the synthetic table').conflicts('check'))
  .option(
    '--seed <number>',
    `of the synthetic table (default: ${SEED})`,
    wholeNumber(0, 2 ** 32 - 1),
  )
  .option('--rows <number>', `of the synthetic table (default: ${ROWS})`, wholeNumber(1, 500_000))
  .option('--check <file>', 'read the table in this file, say what is wrong, take nothing')
  .addOption(
    new Option('--describe', 'show what each column holds').conflicts([
      'from',
      'kaggle',
      'synthetic',
      'check',
    ]),
  )
  .addOption(
    new Option('--track', 'keep versions of its tables, in the files that DVC keeps').conflicts(
      TABLE,
    ),
  )
  .addOption(new Option('--status', 'is everything as it is tracked, and pushed?').conflicts(TABLE))
  .addOption(new Option('--push', 'send what is tracked to the remote').conflicts(TABLE))
  .addOption(
    new Option('--pull', 'make everything what is tracked, from the remote').conflicts(TABLE),
  )
  .option('--remote <where>', 'a folder, s3://bucket/prefix, or the name of one in .dvc/config')
  .option('--force', 'a pull may overwrite what is in no version')
  .addOption(
    new Option('--root <folder>', 'where the datasets are').default(import.meta.dirname, 'data'),
  )
  .allowExcessArguments(false)
  .exitOverride()
  .action(async (options: Options & VersionOptions) => {
    if (!isAboutVersions(options) && (options.remote ?? options.force) !== undefined)
      program.error('error: --remote and --force go with --push, --pull or --status');
    if (options.synthetic === undefined && (options.seed ?? options.rows) !== undefined)
      program.error('error: --seed and --rows go with --synthetic');
    await (isAboutVersions(options) ? runVersions(options) : run(options));
  });

// Whoever reads may stop early (`| head`); that is no failure.
process.stdout.on('error', () => process.exit());

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  // Commander has said it already: 0 after --help, 2 for a usage fault.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${color.red('error:')} ${message}\n`);
  return 1;
}

function wholeNumber(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < minimum || number > maximum)
      throw new InvalidArgumentError(`It must be a whole number from ${minimum} to ${maximum}.`);
    return number;
  };
}
