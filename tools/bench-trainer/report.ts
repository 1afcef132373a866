// What the trainer's benchmark found, as Markdown: targets first, then the tables they are read from.

import { arch, cpus, totalmem } from 'node:os';
import { FAMILIES, type Family } from './families.ts';
import { SIZES, type Growth } from './growth.ts';
import type { Measured } from './measure.ts';
import type { Nested } from './nested.ts';
import type { Scikit } from './scikit.ts';
import { SEED, type BenchTable } from './tables.ts';

export interface Row {
  readonly table: BenchTable;
  readonly best: Measured;
  readonly families: Readonly<Record<Family, Measured>>;
  readonly dummy: number;
  /** Null where there is none. */
  readonly scikit: Scikit | null;
}

export interface Found {
  readonly rows: readonly Row[];
  readonly growth: Growth;
  readonly nested: Nested;
  /** Of scikit-learn. */
  readonly version: string | null;
  readonly commit: string;
}

export function reportOf({ rows, growth, nested, version, commit }: Found): string {
  const beside = version === null ? 'no scikit-learn found' : `scikit-learn ${version}`;
  return [
    `Measured by \`npm run bench:trainer -- --python … --document\` at commit ${commit}: ${beside}, node ${process.versions.node}, ${cpus().length} cores of ${cpus()[0]?.model ?? arch()}, ${megabytes(totalmem())}; one core for each fit. Five stratified folds (seed ${SEED}), the same for both sides. Times are processor time, the median of several fits.`,
    '',
    '### Targets of the trainer',
    '',
    '| what | target | measured | |',
    '| --- | --- | --- | --- |',
    ...targetsOf({ rows, growth, nested }),
    '',
    '### Losses',
    '',
    'Log-loss in nats (RMSE for a number) on held-out rows: the best of our candidates, and the best of DecisionTree, RandomForest, HistGradientBoosting and LogisticRegression or Ridge at their defaults. Both are the best of several on these folds, so both are a little too good.',
    '',
    '| table | dummy | loss | accuracy | candidate | scikit-learn’s loss | accuracy | family |',
    '| --- | --: | --: | --: | --- | --: | --: | --- |',
    ...rows.map(lossLine),
    '',
    '### Time of a fit',
    '',
    'Seconds, and in brackets as a multiple of scikit-learn’s (below 1 is faster), like for like: a tree grown out, 100 trees, 100 rounds of 31 leaves, a penalty of 1.',
    '',
    `| table | ${FAMILIES.join(' | ')} |`,
    '| --- | --: | --: | --: | --: |',
    ...rows.map(timeLine),
    '',
    '### Growth with the rows',
    '',
    'Made-up rows × 10 numbers, two labels, each fit in a process of its own; in brackets its peak memory.',
    '',
    `| rows | ${FAMILIES.join(' | ')} |`,
    '| --- | --: | --: | --: | --: |',
    ...SIZES.map((size, at) => {
      const cells = FAMILIES.map((family) => {
        const { seconds, peak } = growth[family][at]!;
        return `${short(seconds)} s (${megabytes(peak)})`;
      });
      return `| ${size.toLocaleString('en-US')} | ${cells.join(' | ')} |`;
    }),
  ].join('\n');
}

function targetsOf({ rows, growth, nested }: Pick<Found, 'rows' | 'growth' | 'nested'>): string[] {
  const line = (what: string, target: string, measured: string, isMet: boolean): string =>
    `| ${what} | ${target} | ${measured} | ${isMet ? 'met' : '**missed**'} |`;
  const accuracy = nested.accuracy.mean;
  const loss = nested.logLoss.mean;
  const compared = rows.flatMap(({ table, best, scikit }) =>
    scikit === null ? [] : [{ name: table.name, own: best.loss, theirs: bestOf(scikit).loss }],
  );
  const worse = compared.filter(({ own, theirs }) => own > theirs);
  const speeds = FAMILIES.map((family) => {
    const ratios = rows.flatMap(({ families, scikit }) =>
      scikit === null ? [] : [families[family].seconds / scikit.results[family].seconds],
    );
    const fast = ratios.filter((ratio) => ratio <= 1).length;
    const range = `${short(Math.min(...ratios))} to ${short(Math.max(...ratios))} ×; ${fast} of ${ratios.length} tables`;
    return { family, range, isMet: fast === ratios.length, isKnown: ratios.length > 0 };
  });
  return [
    line(
      'crocodile: nested accuracy',
      '≥ .986',
      `${accuracy.toFixed(4)} ± ${nested.accuracy.sd.toFixed(4)}`,
      accuracy >= 0.986 - 1e-9,
    ),
    line(
      'crocodile: nested log-loss',
      '≤ .055',
      `${loss.toFixed(4)} ± ${nested.logLoss.sd.toFixed(4)}`,
      loss <= 0.055,
    ),
    line(
      `crocodile: choice and evaluation of the default grid, ${nested.threads} threads`,
      '≤ 120 s',
      `${nested.seconds.toFixed(0)} s of wall time`,
      nested.seconds <= 120,
    ),
    ...(compared.length === 0
      ? []
      : [
          line(
            'loss beside the best of scikit-learn’s defaults',
            `no worse on ${compared.length} tables`,
            worse.length === 0
              ? `no worse on all ${compared.length}`
              : `worse on ${worse.map(({ name }) => name).join(', ')}`,
            worse.length === 0,
          ),
        ]),
    ...speeds
      .filter(({ isKnown }) => isKnown)
      .map(({ family, range, isMet }) =>
        line(`time of a fit beside scikit-learn: ${family}`, '≤ 1 ×', range, isMet),
      ),
    ...FAMILIES.map((family) => {
      const [, middle, large] = growth[family];
      const ratio = large!.seconds / middle!.seconds;
      return line(
        `100,000 rows beside 10,000: ${family}`,
        '≤ 13 × (n log n)',
        `${short(ratio)} ×`,
        ratio <= 13,
      );
    }),
    line(
      'peak memory of a fit on 100,000 × 10',
      'stated',
      FAMILIES.map((family) => `${family} ${megabytes(growth[family].at(-1)!.peak)}`).join(', '),
      true,
    ),
  ];
}

function lossLine({ table: { name, what, table }, best, dummy, scikit }: Row): string {
  const theirs = scikit === null ? null : bestOf(scikit);
  const share = (value: number | null): string => (value === null ? '–' : value.toFixed(3));
  return `| ${name}, ${table.count} × ${table.width}: ${what} | ${places(dummy)} | ${places(best.loss)} | ${share(best.accuracy)} | ${best.name} | ${theirs === null ? '–' : places(theirs.loss)} | ${share(theirs?.accuracy ?? null)} | ${theirs?.family ?? '–'} |`;
}

function timeLine({ table: { name }, families, scikit }: Row): string {
  const cells = FAMILIES.map((family) => {
    const own = families[family].seconds;
    const theirs = scikit?.results[family].seconds;
    return theirs === undefined ? short(own) : `${short(own)} (${(own / theirs).toFixed(2)})`;
  });
  return `| ${name} | ${cells.join(' | ')} |`;
}

function bestOf({ results }: Scikit): { family: Family; loss: number; accuracy: number | null } {
  const found = FAMILIES.map((family) => ({ family, ...results[family] }));
  return found.reduce((lowest, other) => (other.loss < lowest.loss ? other : lowest));
}

const places = (value: number): string => value.toPrecision(value < 1 ? 3 : 4);
const short = (value: number): string => value.toPrecision(2);
const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
