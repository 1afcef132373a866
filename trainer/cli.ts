// npm run trainer: options in, exit code out. 0 done, 1 it could not be done, 2 it was not asked for rightly.

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { CHAMPION } from '#contract/registry/aliases.ts';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { readAliases, readManifest } from '#contract/registry/registry.ts';
import { DataError } from '#data/data-error.ts';
import { readInputs, type RunAsked } from './run/inputs.ts';
import { findRun } from './run/known-run.ts';
import { loadSpec } from './spec/load-spec.ts';
import { provenanceOf } from './run/provenance.ts';
import { LOCAL_R2, openRegistry, REMOTE_R2, type OpenRegistry } from '#store/open-store.ts';

const ROOT = join(import.meta.dirname, '..');

interface Options {
  readonly model: string;
  readonly registry: string;
  readonly dataRoot: string;
  readonly specRoot: string;
  readonly persistTo: string;
  readonly parityRows: number;
  readonly threads: number;
  readonly reports?: string;
  readonly quick: boolean;
  readonly force: boolean;
  readonly unlessPublished: boolean;
  readonly json: boolean;
}

const program = new Command('npm run trainer --')
  .description('data → split → select → evaluate → fit → convert → verify → pack → publish')
  .option('--model <name>', 'a folder under models/', 'crocodile-species')
  .option(
    '--registry <where>',
    `${LOCAL_R2}, ${REMOTE_R2} (the deployed bucket; keys from the environment), or a folder`,
    LOCAL_R2,
  )
  .option('--data-root <folder>', 'holds a folder per dataset', join(ROOT, 'data'))
  .option('--spec-root <folder>', 'holds the folder models/', ROOT)
  .option(
    '--persist-to <folder>',
    'where wrangler keeps its local R2',
    join(ROOT, '.wrangler', 'state'),
  )
  .addOption(
    new Option('--parity-rows <count>', 'adversarial rows of the parity proof')
      .default(100_000)
      .argParser(parseRows),
  )
  .addOption(
    new Option('--threads <count>', 'folds that are worked on at a time')
      .default(availableParallelism(), 'as many as the machine has')
      .argParser(parseThreads),
  )
  .option('--reports <folder>', 'where reports go (default: reports/ beside the data root)')
  .option('--quick', "a first look: the spec's first candidate only, no learning curve", false)
  .option(
    '--force',
    'train though a version of the same table, schema, spec and code is there',
    false,
  )
  .option('--unless-published', `stop at once if the model has a ${CHAMPION}`, false)
  .option('--json', 'print one JSON object instead of tables', false)
  .addHelpText(
    'after',
    `
Every candidate of models/<name>/spec.ts is tried on folds, the best one fitted on all rows, proven against its ONNX
file, published, and promoted if it is good enough. Ctrl-C at any time leaves no version half-done.

Examples:
  npm run trainer                                     the model of crocodiles
  npm run trainer -- --model house-prices --quick     a first look at another one
  npm run trainer -- --model house-prices --registry r2
  npm run --silent trainer -- --json | jq .metrics.model`,
  )
  .allowExcessArguments(false)
  .exitOverride();

try {
  program.parse();
  await run(program.opts<Options>());
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

async function run(options: Options): Promise<void> {
  const spec = await loadSpec(options.specRoot, options.model);
  const opened = await openRegistry({
    registry: options.registry,
    root: ROOT,
    state: options.persistTo,
  });
  try {
    const asked = { ...options, spec, root: ROOT };
    if (options.unlessPublished && (await hasChampion(opened, asked))) return;
    // Loaded only now: what is published already is said without loading a runtime.
    const { runTraining } = await import('./run/run-training.ts');
    const reports = options.reports ?? join(options.dataRoot, '..', 'reports');
    await runTraining({ ...asked, reports, store: opened.store });
  } finally {
    await opened.close();
  }
}

/** Says which version is champion, if one is, and whether a run would make another. */
async function hasChampion(
  { store }: OpenRegistry,
  asked: Pick<Options, 'model' | 'json'> & RunAsked,
): Promise<boolean> {
  const { model, json } = asked;
  const { aliases } = await readAliases(store, model);
  const version = aliases[CHAMPION];
  if (version === undefined || (await readManifest(store, model, version)) === null) return false;
  const fields = { model, version, champion: version, added: false };
  const note = (await isCurrent(store, asked)) ? '' : '; npm run trainer would make another';
  const line = `${model}: version ${version} is ${CHAMPION} in ${store.location}${note}`;
  process.stdout.write(`${json ? JSON.stringify(fields) : line}\n`);
  return true;
}

/** Whether a run of what is here was made; also where there is no table, which is no reason not to serve. */
async function isCurrent(store: ObjectStore, asked: RunAsked): Promise<boolean> {
  try {
    const { tools } = await provenanceOf(asked.root);
    return (await findRun(store, asked.spec.model, await readInputs(asked, tools))) !== null;
  } catch (error) {
    if (error instanceof DataError) return true;
    throw error;
  }
}

function parseRows(text: string): number {
  if (!/^[1-9][0-9]{0,7}$/.test(text)) throw new InvalidArgumentError('not a number of rows');
  return Number(text);
}

function parseThreads(text: string): number {
  if (!/^[1-9][0-9]?$/.test(text)) throw new InvalidArgumentError('not a number of threads');
  return Number(text);
}
