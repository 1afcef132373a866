// npm run predict: options in, exit code out. 0 done, 1 it could not be done, 2 it was not asked for rightly.

import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import color from 'picocolors';
import { CHAMPION } from '#contract/registry/aliases.ts';
import { LOCAL_R2, openRegistry, REMOTE_R2 } from '#store/open-store.ts';

const ROOT = join(import.meta.dirname, '..');

interface Options {
  readonly model: string;
  readonly version: string;
  readonly registry: string;
  readonly persistTo: string;
  readonly out?: string;
}

const program = new Command('npm run predict --')
  .description('Answers the rows of a CSV with a published version, on this machine.')
  .argument('<file>', 'a CSV with the columns of the dataset, or their API names; - for stdin')
  .option('--model <name>', 'of the registry', 'crocodile-species')
  .option('--version <version>', 'a number, or an alias', CHAMPION)
  .option('--registry <where>', `${LOCAL_R2}, ${REMOTE_R2}, or a folder`, LOCAL_R2)
  .option(
    '--persist-to <folder>',
    'where wrangler keeps its local R2',
    join(ROOT, '.wrangler', 'state'),
  )
  .option('--out <file>', 'write here in place of standard output')
  .addHelpText(
    'after',
    `
The rows come back as they are, with label and probability (or value) and error behind them.

Examples:
  npm run predict -- new.csv --model house-prices --out answers.csv
  npm run predict --silent -- new.csv --version 2 | head`,
  )
  .allowExcessArguments(false)
  .exitOverride();

// Whoever reads may stop early (`| head`); that is no failure.
process.stdout.on('error', () => process.exit());

try {
  program.parse();
  await run(program.args[0]!, program.opts<Options>());
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${color.red('error:')} ${message}\n`);
    process.exitCode = 1;
  }
}

async function run(
  file: string,
  { model, version, registry, persistTo, out }: Options,
): Promise<void> {
  const opened = await openRegistry({ registry, root: ROOT, state: persistTo });
  try {
    // Loaded only now: a fault of the options is said without loading a runtime.
    const { runPredict } = await import('./predict/run.ts');
    const now = (): number => performance.now();
    await runPredict({ file, model, version, store: opened.store, out: out ?? null, now });
  } finally {
    await opened.close();
  }
}
