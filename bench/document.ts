// docs/benchmarks.md, section "Serving": written by the benchmark, between two marks, with the charts beside it.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../tools/wrangler.ts';
import { barChart } from './charts/bars.ts';
import { growthChart } from './charts/growth.ts';
import { markdownTable, megabytes } from './format.ts';
import { reportTables } from './report.ts';
import type { Results } from './results.ts';

const FILE = join(ROOT, 'docs', 'benchmarks.md');
const IMAGES = join(ROOT, 'docs', 'images');
const START = '<!-- npm run bench: start -->';
const END = '<!-- npm run bench: end -->';

/** Replaces what is between the marks. Throws when the document has none. */
export async function writeDocument(results: Results): Promise<void> {
  const text = await readFile(FILE, 'utf8');
  const [from, to] = [text.indexOf(START), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${FILE} has no ${START} … ${END}`);
  await mkdir(IMAGES, { recursive: true });
  await writeFile(join(IMAGES, 'bench-serving.svg'), barChart(results));
  await writeFile(join(IMAGES, 'bench-growth.svg'), growthChart(results.growth));
  await writeFile(FILE, `${text.slice(0, from)}${START}\n\n${section(results)}\n${text.slice(to)}`);
}

function section(results: Results): string {
  const { command, commit, measured_at, machine, versions, model } = results;
  const tables = reportTables(results).map(
    ({ title, head, rows }) => `### ${title}\n\n${markdownTable(head, rows)}\n`,
  );
  const installed = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const upload = `${megabytes(results.upload_bytes)}, ${megabytes(results.upload_gzip_bytes)} packed`;
  return [
    `Measured by \`${command}\` at commit ${commit} on ${measured_at.slice(0, 10)}: ${machine}; ${installed.join(', ')}. The model is ${model}. The upload is ${upload}. Medians over the rounds, with the lowest and the highest.\n`,
    ...tables.slice(0, 1),
    '![CPU per request and requests per second of each server](images/bench-serving.svg)\n',
    ...tables.slice(1),
    '### How the cost grows\n',
    '![CPU per request, first request and memory, by trees, classes, features, rows and models](images/bench-growth.svg)\n',
  ].join('\n');
}
