// npm run bench:trainer: what the trainer's models lose on held-out rows, how long they take and what they hold, beside
// scikit-learn's.

import { execFileSync } from 'node:child_process';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { dummyAnswer } from '../trainer/select/dummy.ts';
import { loadSpec } from '../trainer/spec/load-spec.ts';
import { lossOf, mean } from '../trainer/select/metrics.ts';
import { takeRows } from '../trainer/table/table.ts';
import { grid, likeForLike } from './bench-trainer/families.ts';
import { measureGrowth } from './bench-trainer/growth.ts';
import { measure } from './bench-trainer/measure.ts';
import { measureNested } from './bench-trainer/nested.ts';
import { reportOf, type Row } from './bench-trainer/report.ts';
import { askScikit, exportTables, findScikit } from './bench-trainer/scikit.ts';
import { EXPORTED, readExported, readModel, type BenchTable } from './bench-trainer/tables.ts';
import { ROOT } from './wrangler.ts';

interface Options {
  readonly dataRoot: string;
  readonly python: string;
  readonly tables: readonly string[];
  readonly document: boolean;
}

const DOCUMENT = join(ROOT, 'docs', 'benchmarks.md');

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
  const growing = measureGrowth();
  const names = [spec.dataset, ...(version === null ? [] : Object.keys(EXPORTED))];
  const rows: Row[] = [];
  for (const name of names.filter((found) => tables === undefined || tables.includes(found))) {
    const table =
      name === spec.dataset
        ? await readModel(spec, dataRoot)
        : await readExported(name, join(folder, `${name}.csv`));
    const asked = version === null ? null : askScikit(python, folder, table);
    const own = measureAll(table);
    rows.push({ table, ...own, scikit: await asked });
    process.stderr.write(`${name}: ${JSON.stringify(own.best)}\n`);
  }
  const growth = await growing;
  const { table } = await readModel(spec, dataRoot);
  const nested = await measureNested(table, spec);
  const commit = execFileSync('git', ['-C', ROOT, 'rev-parse', '--short', 'HEAD']);
  const text = reportOf({ rows, growth, nested, version, commit: commit.toString().trim() });
  process.stdout.write(`${text}\n`);
  if (document) await writeInto(text);
}

function measureAll(table: BenchTable): Pick<Row, 'best' | 'families' | 'dummy'> {
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
  return { best, families, dummy: dummyLoss(table) };
}

/** Of the model that never looks at a row, on the same folds. */
function dummyLoss({ table, folds }: BenchTable): number {
  return mean(
    folds.map(({ training, heldOut }) => {
      const constant = dummyAnswer(takeRows(table, training));
      const { target } = takeRows(table, heldOut);
      return lossOf(
        target,
        Array.from(heldOut, () => constant),
      );
    }),
  );
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
