// npm run bench:trainer: what the trainer's models lose on held-out rows and how long they take, beside scikit-learn's.

import { execFileSync } from 'node:child_process';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { arch, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { loadSpec } from '../trainer/load-spec.ts';
import { grid, likeForLike, type Family } from './bench-trainer/families.ts';
import { measure, type Measured } from './bench-trainer/measure.ts';
import { askScikit, exportTables, findScikit, type Scikit } from './bench-trainer/scikit.ts';
import {
  EXPORTED,
  readExported,
  readModel,
  SEED,
  type BenchTable,
} from './bench-trainer/tables.ts';
import { ROOT } from './wrangler.ts';

interface Options {
  readonly dataRoot: string;
  readonly python: string;
  readonly tables: readonly string[];
  readonly document: boolean;
}

interface Row {
  readonly table: BenchTable;
  readonly best: Measured;
  readonly families: Readonly<Record<Family, Measured>>;
  readonly scikit: Scikit | null;
}

const DOCUMENT = join(ROOT, 'docs', 'benchmarks.md');
const FAMILIES: readonly Family[] = ['tree', 'forest', 'boosting', 'linear'];

const program = new Command('npm run bench:trainer --')
  .description('Held-out losses and fitting times of every family, beside scikit-learn’s defaults.')
  .option('--data-root <folder>', 'holds the crocodiles', join(ROOT, 'data'))
  .option('--python <command>', 'has scikit-learn; without, only the crocodiles', 'python3')
  .option('--tables <names...>', 'only these')
  .option('--document', 'write the table into docs/benchmarks.md', false)
  .allowExcessArguments(false)
  .exitOverride();

try {
  program.parse();
  await bench(program.opts<Options>());
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

async function bench({ dataRoot, python, tables, document }: Options): Promise<void> {
  const version = await findScikit(python);
  const folder = join(tmpdir(), 'gharial-bench-trainer');
  if (version !== null) await exportTables(python, folder);
  const spec = await loadSpec(ROOT, 'crocodile-species');
  const names = [spec.dataset, ...(version === null ? [] : Object.keys(EXPORTED))];
  const rows: Row[] = [];
  for (const name of names.filter((found) => tables === undefined || tables.includes(found))) {
    const table =
      name === spec.dataset
        ? await readModel(spec, dataRoot)
        : await readExported(name, join(folder, `${name}.csv`));
    const scikit = version === null ? null : await askScikit(python, folder, table);
    rows.push(rowOf(table, scikit));
    process.stderr.write(`${name}: ${JSON.stringify(rows.at(-1)!.best)}\n`);
  }
  const text = reportOf(rows, version);
  process.stdout.write(`${text}\n`);
  if (document) await writeInto(text);
}

function rowOf(table: BenchTable, scikit: Scikit | null): Row {
  const like = likeForLike(table.table);
  const families = {
    tree: measure(table, like.tree),
    forest: measure(table, like.forest),
    boosting: measure(table, like.boosting),
    linear: measure(table, like.linear),
  };
  const tried = [
    ...Object.values(families),
    ...grid(table.table).map((candidate) => measure(table, candidate)),
  ];
  const best = tried.reduce((lowest, found) => (found.loss < lowest.loss ? found : lowest));
  return { table, best, families, scikit };
}

function reportOf(rows: readonly Row[], version: string | null): string {
  const commit = execFileSync('git', ['-C', ROOT, 'rev-parse', '--short', 'HEAD'])
    .toString()
    .trim();
  const beside = version === null ? 'no scikit-learn found' : `scikit-learn ${version}`;
  const losses = rows.map(({ table: { name, what, table }, best, scikit }) => {
    const theirs = scikit === null ? null : bestOf(scikit);
    const share = (value: number | null): string => (value === null ? '–' : value.toFixed(3));
    return `| ${name}, ${table.count} × ${table.width}: ${what} | ${places(best.loss)} | ${share(best.accuracy)} | ${best.name} | ${theirs === null ? '–' : places(theirs.loss)} | ${share(theirs?.accuracy ?? null)} | ${theirs?.family ?? '–'} |`;
  });
  const times = rows.map(({ table: { name }, families, scikit }) => {
    const cells = FAMILIES.map((family) => {
      const own = families[family].seconds;
      const theirs = scikit?.results[family].seconds;
      return theirs === undefined ? seconds(own) : `${seconds(own)} (${(own / theirs).toFixed(2)})`;
    });
    return `| ${name} | ${cells.join(' | ')} |`;
  });
  const ourPeak = process.resourceUsage().maxRSS * 1024;
  const theirPeak = Math.max(0, ...rows.map(({ scikit }) => scikit?.peak_bytes ?? 0));
  return [
    `Commit ${commit}, ${beside}, node ${process.versions.node}, one core of ${cpus()[0]?.model ?? arch()}, five stratified folds (seed ${SEED}), the same for both sides. Repeat with \`npm run bench:trainer\`.`,
    '',
    'Log-loss in nats (RMSE for a number) on held-out rows: the best of our candidates, and the best of DecisionTree, RandomForest, HistGradientBoosting and LogisticRegression or Ridge at their defaults. Both are the best of several on these folds, so both are a little too good.',
    '',
    '| table | loss | accuracy | candidate | scikit-learn’s loss | accuracy | family |',
    '| --- | --: | --: | --- | --: | --: | --- |',
    ...losses,
    '',
    'Seconds of processor time a fit, and in brackets as a multiple of scikit-learn’s (below 1 is faster), like for like: a tree grown out, 100 trees, 100 rounds of 31 leaves, a penalty of 1.',
    '',
    '| table | tree | forest | boosting | linear |',
    '| --- | --: | --: | --: | --: |',
    ...times,
    '',
    `Peak memory of the whole run: ${megabytes(ourPeak)}${theirPeak === 0 ? '' : `; of scikit-learn’s largest table: ${megabytes(theirPeak)}`}.`,
  ].join('\n');
}

function bestOf({ results }: Scikit): { family: Family; loss: number; accuracy: number | null } {
  const found = FAMILIES.map((family) => ({ family, ...results[family] }));
  return found.reduce((lowest, other) => (other.loss < lowest.loss ? other : lowest));
}

/** Between the marks in docs/benchmarks.md. */
async function writeInto(text: string): Promise<void> {
  const [start, end] = ['start', 'end'].map((mark) => `<!-- trainer: ${mark} -->`);
  const before = await readFile(DOCUMENT, 'utf8');
  const [from, to] = [before.indexOf(start!), before.indexOf(end!)];
  if (from === -1 || to === -1) throw new Error(`docs/benchmarks.md has no mark: ${start}`);
  const after = `${before.slice(0, from + start!.length)}\n\n${text}\n\n${before.slice(to)}`;
  await writeFile(`${DOCUMENT}.new`, after);
  await rename(`${DOCUMENT}.new`, DOCUMENT);
}

function places(value: number): string {
  return value.toPrecision(value < 1 ? 3 : 4);
}

function seconds(value: number): string {
  return value.toPrecision(2);
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
