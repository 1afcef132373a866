// What `npm run data` does: finds the table that is asked for, has it checked and taken, and says what happened.

import path from 'node:path';
import { SingleBar } from 'cli-progress';
import color from 'picocolors';
import type { DatasetSchema } from '#contract/schema.ts';
import { DataError } from './data-error.ts';
import { loadDataset } from './versions/dataset.ts';
import { describeDataset } from './describe/describe.ts';
import { isTracked, recordDataset, trackDataset } from './dvc/track-dataset.ts';
import { quote } from './read/fault.ts';
import { generateTable } from './source/generator.ts';
import { downloadDataset, kaggleAccess, kaggleDataset } from './source/kaggle.ts';
import { loadSchema } from './schema/load-schema.ts';
import { parseTable } from './read/parse-table.ts';
import { listUntaken, readCurrent, type RawTable } from './versions/raw-store.ts';
import { readTableFile, readTableStream, tableFromKaggle } from './read/read-table.ts';
import { takeTable } from './versions/take.ts';

export interface Options {
  readonly dataset: string;
  readonly root: string;
  readonly from?: string;
  readonly kaggle?: true;
  readonly synthetic?: true;
  readonly check?: string;
  readonly describe?: true;
  readonly seed?: number;
  readonly rows?: number;
}

export const SEED = 1;
export const ROWS = 1000;

/** Runs one command. Throws DataError when it cannot be done; nothing is half done then. */
export async function run(options: Options): Promise<void> {
  const schema = await loadSchema(options.root, options.dataset);
  if (options.check !== undefined) return await check(schema, options.check);
  if (options.describe === true) return await describe(options);
  const table = await chosenTable(options, schema);
  if (table === null) return await report(options);
  await take(options, schema, table);
}

/** The table the options ask for, or null when the one that is there stays. */
async function chosenTable(options: Options, schema: DatasetSchema): Promise<RawTable | null> {
  if (options.from !== undefined) return await readTable(options.from);
  if (options.kaggle === true) return await downloadTable(schema);
  const { root, dataset, synthetic, seed = SEED, rows = ROWS } = options;
  if (synthetic === undefined) {
    if ((await readCurrent(root, dataset)) !== null) return null;
    if (isTracked(root, dataset))
      throw new DataError(`not here: ${shown(root, `${dataset}/raw`)}: npm run data -- --pull`);
    const [untaken] = await listUntaken(root, dataset);
    if (untaken !== undefined) {
      const file = shown(root, `${dataset}/raw/${untaken}`);
      throw new DataError(
        `${file}: not taken yet: npm run data -- --dataset ${dataset} --from ${file}`,
      );
    }
  }
  return await generateTable(root, schema, { seed, rows });
}

async function readTable(from: string): Promise<RawTable> {
  return from === '-' ? await readTableStream(process.stdin) : await readTableFile(from);
}

async function downloadTable(schema: DatasetSchema): Promise<RawTable> {
  const dataset = kaggleDataset(schema.source);
  if (dataset === null)
    throw new DataError(`not a dataset of Kaggle: ${schema.dataset} is from ${schema.source}`);
  const access = kaggleAccess(process.env);
  const bar = new SingleBar({ format: 'download  {bar} {value} bytes', clearOnComplete: true });
  bar.start(1, 0);
  try {
    const onProgress = (done: number, total: number | null): void => {
      bar.setTotal(total ?? done);
      bar.update(done);
    };
    return tableFromKaggle(
      await downloadDataset(dataset, access, { fetch, firstWait: 500, onProgress }),
      dataset,
    );
  } finally {
    bar.stop();
  }
}

async function describe({ root, dataset }: Options): Promise<void> {
  const found = await loadDataset(root, dataset);
  say('there', `${dataset}: ${counted(found.rows)} rows, ${found.schema.columns.length} columns`);
  say('source', found.source);
  process.stdout.write(`\n${describeDataset(found)}\n`);
}

async function check(schema: DatasetSchema, file: string): Promise<void> {
  const table = await readTable(file);
  const { rows, ignored } = parseTable(table.bytes, schema, table.name);
  say('sound', `${table.name}: ${counted(rows)} rows`);
  sayIgnored(ignored);
}

async function take(
  { root, dataset }: Options,
  schema: DatasetSchema,
  table: RawTable,
): Promise<void> {
  // A pointer that cannot be read is about to be replaced.
  const before = await readCurrent(root, dataset).catch(() => null);
  const { record, ignored, derived } = await takeTable(root, schema, table);
  say('took', `${table.name}: ${counted(record.rows)} rows`);
  say('source', record.source);
  say('raw', `${shown(root, `${dataset}/raw/${record.file}`)} (SHA-256 ${record.sha256})`);
  sayIgnored(ignored);
  if (isTracked(root, dataset))
    say('tracked', shown(root, (await trackDataset(root, dataset))[0]!));
  const rebuilt = derived.filter((file) => file.endsWith('.csv'));
  if (rebuilt.length > 0) say('rebuilt', rebuilt.map((file) => shown(root, file)).join(', '));
  if (before !== null && before.file !== record.file)
    say('kept', `${shown(root, `${dataset}/raw/${before.file}`)} (${before.source})`);
  say('next', 'npm run trainer');
}

async function report({ root, dataset }: Options): Promise<void> {
  const { rows, source, sha256 } = await loadDataset(root, dataset);
  await recordDataset(root, dataset);
  say('there', `${dataset}: ${counted(rows)} rows, left as it is`);
  say('source', source);
  say('raw', `SHA-256 ${sha256}`);
}

function sayIgnored(ignored: readonly string[]): void {
  if (ignored.length === 0) return;
  say('ignored', `columns: ${ignored.map(quote).join(', ')}`);
}

function say(word: string, text: string): void {
  process.stdout.write(`${color.cyan(word.padEnd(8))} ${text}\n`);
}

function shown(root: string, file: string): string {
  return path.relative(process.cwd(), path.join(root, file));
}

const counted = (count: number): string => count.toLocaleString('en-US');
