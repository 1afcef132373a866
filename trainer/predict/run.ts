// What `npm run predict` does: opens the version, streams the file through it, says how far it is and what was odd.

import { createReadStream, createWriteStream, rmSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Writable } from 'node:stream';
import { once } from 'node:events';
import { SingleBar } from 'cli-progress';
import color from 'picocolors';
import type { ObjectStore } from '#contract/registry/object-store.ts';
import { streamTable } from '#data/read/stream-rows.ts';
import { csvText } from '#data/write-csv.ts';
import { openVersion } from './open-version.ts';
import { score, type Counts } from './score.ts';

export interface PredictRun {
  /** A path, or - for standard input. */
  readonly file: string;
  readonly model: string;
  /** A number or an alias. */
  readonly version: string;
  readonly store: ObjectStore;
  /** Null for standard output. */
  readonly out: string | null;
  /** Milliseconds, from any start. */
  readonly now: () => number;
}

/** Everything that is not the answer goes to standard error. The file `out` appears when it is whole. */
export async function runPredict(run: PredictRun): Promise<Counts> {
  const { file, model, version, store, out, now } = run;
  const size = file === '-' ? null : sizeOf(file);
  const opened = await openVersion(store, model, version);
  const started = now();
  const counts: Counts = { rows: 0, errors: 0, warnings: 0 };
  const bar = createBar(size);
  const input = file === '-' ? process.stdin : createReadStream(file);
  const seconds = (): number => Math.max(now() - started, 1) / 1000;
  try {
    const table = await streamTable(input, {
      name: file === '-' ? 'standard input' : basename(file),
      onBytes: (bytes) =>
        bar?.update(bytes, { rows: counts.rows, rate: rate(counts.rows, seconds()) }),
    });
    await writeBlocks(score(table, opened, counts), out);
  } finally {
    bar?.stop();
    await opened.session.release();
  }
  const { rows, errors, warnings } = counts;
  const by = `${model} ${opened.manifest.version}`;
  say(
    `${count(rows)} rows by ${by} in ${seconds().toFixed(1)} s (${rate(rows, seconds())} rows/s)`,
  );
  if (errors > 0) say(color.yellow(`${count(errors)} rows have an error and no answer`));
  if (warnings > 0)
    say(color.yellow(`${count(warnings)} rows have a value unlike any the model was trained on`));
  if (out !== null) say(`wrote ${out}`);
  return counts;
}

async function writeBlocks(
  blocks: AsyncIterable<readonly (readonly string[])[]>,
  out: string | null,
): Promise<void> {
  if (out === null) return await pour(blocks, process.stdout);
  const unfinished = `${out}.${process.pid}.part`;
  const remove = (): void => rmSync(unfinished, { force: true });
  const interrupted = (): void => {
    remove();
    process.exit(130);
  };
  process.once('SIGINT', interrupted);
  const stream = createWriteStream(unfinished);
  const closed = once(stream, 'close');
  try {
    await once(stream, 'open');
    await pour(blocks, stream);
    stream.end();
    await closed;
    await rename(unfinished, out);
  } catch (error) {
    stream.destroy();
    remove();
    throw error;
  } finally {
    process.off('SIGINT', interrupted);
  }
}

/** Waits when the reader is slower. */
async function pour(
  blocks: AsyncIterable<readonly (readonly string[])[]>,
  stream: Writable,
): Promise<void> {
  for await (const block of blocks) {
    const text = block.map((cells) => csvText(cells, [])).join('');
    if (!stream.write(text)) await once(stream, 'drain');
  }
}

function sizeOf(file: string): number {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) throw new Error(`no such file: ${file}`);
  if (!stat.isFile()) throw new Error(`not a file: ${file}`);
  return stat.size;
}

function createBar(size: number | null): SingleBar | null {
  if (size === null || !process.stderr.isTTY) return null;
  const format = '  predict  {bar} {percentage}%  {rows} rows, {rate} rows/s, {eta_formatted} left';
  const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true });
  bar.start(size, 0, { rows: 0, rate: 0 });
  return bar;
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const count = (value: number): string => value.toLocaleString('en-US');
const rate = (rows: number, seconds: number): string => count(Math.round(rows / seconds));
