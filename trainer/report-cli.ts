// npm run report: options in, exit code out. 0 done, 1 it could not be done, 2 it was not asked for rightly.

import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { CHAMPION } from '#contract/registry/aliases.ts';
import { findManifest } from '#contract/registry/find-manifest.ts';
import { LOCAL_R2, openRegistry, REMOTE_R2 } from '#store/open-store.ts';

const ROOT = join(import.meta.dirname, '..');

interface Options {
  readonly registry: string;
  readonly persistTo: string;
  readonly dataRoot: string;
  readonly reports?: string;
  readonly json: boolean;
}

const program = new Command('npm run report --')
  .description(
    'Writes the report of a published version: a page with figures, and each figure as SVG.',
  )
  .argument('[model]', 'of the registry', 'crocodile-species')
  .argument('[version]', 'a number, or an alias', CHAMPION)
  .option('--registry <where>', `${LOCAL_R2}, ${REMOTE_R2}, or a folder`, LOCAL_R2)
  .option(
    '--persist-to <folder>',
    'where wrangler keeps its local R2',
    join(ROOT, '.wrangler', 'state'),
  )
  .option(
    '--data-root <folder>',
    'holds a folder per dataset; figures that need rows are left out without the table',
    join(ROOT, 'data'),
  )
  .option('--reports <folder>', 'where to write (default: reports/ beside the data root)')
  .option('--json', 'print one JSON object instead of text', false)
  .addHelpText(
    'after',
    `
Examples:
  npm run report                          the champion of crocodile-species
  npm run report -- house-prices 3        a version of another model
  npm run report -- house-prices --registry r2`,
  )
  .allowExcessArguments(false)
  .exitOverride();

try {
  program.parse();
  const [model, version] = program.processedArgs as [string, string];
  await run(model, version, program.opts<Options>());
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

async function run(model: string, version: string, options: Options): Promise<void> {
  const { registry, persistTo, dataRoot, reports, json } = options;
  const opened = await openRegistry({ registry, root: ROOT, state: persistTo });
  try {
    // Loaded only now: a fault of the options is said without loading a chart library.
    const { reportText, writeReport } = await import('./report/run.ts');
    const found = await findManifest(opened.store, model, version);
    const written = await writeReport({
      store: opened.store,
      model,
      version: found.version,
      dataRoot,
      reports: reports ?? join(dataRoot, '..', 'reports'),
    });
    const fields = { model, version: found.version, ...written };
    process.stdout.write(json ? `${JSON.stringify(fields)}\n` : reportText(written));
  } finally {
    await opened.close();
  }
}
