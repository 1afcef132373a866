// npm run bench:monitor: false alerts and delays of the monitoring statistics on made-up lives, and how far they are from
// scipy, Evidently and NannyML where a Python has them.

import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { markdownTable } from '../bench/format.ts';
import { rowsUntilAlert, stationaryLifetimes } from './bench-monitor/lifetimes.ts';
import { askOracles } from './bench-monitor/oracles.ts';
import { ROOT } from './wrangler.ts';

interface Options {
  readonly python: readonly string[];
  readonly document: boolean;
}

interface Measured {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  readonly isMet: boolean;
}

const DOCUMENT = join(ROOT, 'docs', 'benchmarks.md');
const [START, END] = [
  '<!-- npm run bench:monitor: start -->',
  '<!-- npm run bench:monitor: end -->',
];

const program = new Command('npm run bench:monitor --')
  .description('False alerts and delays of the monitoring statistics, and their oracles.')
  .option('--python <commands...>', 'have scipy, evidently 0.7 or nannyml 0.13', [])
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

async function bench({ python, document }: Options): Promise<void> {
  const oracles = python.map((command) => askOracles(command));
  const rows = [...lives(), ...oracles.flatMap(agreements)];
  const installed = Object.entries(Object.assign({}, ...oracles.map(known)));
  const table = markdownTable(
    ['what', 'target', 'measured', ''],
    rows.map(({ what, target, measured, isMet }) => [
      what,
      target,
      measured,
      isMet ? 'met' : '**missed**',
    ]),
  );
  process.stdout.write(`${table}\n`);
  if (rows.some(({ isMet }) => !isMet)) process.exitCode = 1;
  if (!document) return;
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const versions = installed.map(([name, version]) => `${name} ${String(version)}`).join(', ');
  const by = `Measured by \`npm run bench:monitor -- --python … --document\` at commit ${commit.trim()}: ${versions}.`;
  const text = await readFile(DOCUMENT, 'utf8');
  const [from, to] = [text.indexOf(START), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${DOCUMENT} has no ${START} … ${END}`);
  await writeFile(
    DOCUMENT,
    `${text.slice(0, from)}${START}\n\n${by}\n\n${table}\n\n${text.slice(to)}`,
  );
}

function known({ versions }: ReturnType<typeof askOracles>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(versions).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

function lives(): readonly Measured[] {
  const stationary = stationaryLifetimes({ lives: 1000, hours: 720, accuracy: 0.95, seed: 1 });
  const delays = [0, 500].map((before) => ({
    before,
    rows: rowsUntilAlert({ lives: 500, before, from: 0.95, to: 0.85, seed: 2 }),
  }));
  return [
    {
      what: 'false alerts in 1,000 stationary lifetimes of 30 days, checked hourly, α = .05',
      target: '≤ 5 %',
      measured: `${(stationary.false_alerts * 100).toFixed(1)} %`,
      isMet: stationary.false_alerts <= 0.05,
    },
    ...delays.map(({ before, rows }) => ({
      what: `median rows until the alert, accuracy .95 → .85 after ${before} good rows`,
      target: '≤ 150',
      measured: String(rows),
      isMet: rows <= 150,
    })),
  ];
}

function agreements({
  distances,
  decisions,
  estimates,
}: ReturnType<typeof askOracles>): readonly Measured[] {
  const within = (what: string, found: number | null, limit: number): Measured[] =>
    found === null
      ? []
      : [
          {
            what,
            target: `≤ ${limit}`,
            measured: found.toExponential(1),
            isMet: found <= limit,
          },
        ];
  return [
    ...within('JS, K-S, chi-square, Wasserstein compared with scipy, 100 pairs', distances, 1e-12),
    ...(decisions === null
      ? []
      : [
          {
            what: 'drift decisions equal to Evidently’s defaults',
            target: `${decisions.all} of ${decisions.all}`,
            measured: `${decisions.equal} of ${decisions.all}`,
            isMet: decisions.equal === decisions.all,
          },
        ]),
    ...within('CBPE accuracy, F1, AUROC compared with NannyML, 20 samples', estimates, 1e-9),
  ];
}
