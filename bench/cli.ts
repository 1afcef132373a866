// `npm run bench`: what a prediction costs, beside the least that a Worker can cost and beside the stacks it stands in for.
// Everything runs on loopback, in the same rounds, and ends by itself.

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { SingleBar } from 'cli-progress';
import Table from 'cli-table3';
import { Command } from 'commander';
import color from 'picocolors';
import { ROOT } from '../tools/wrangler.ts';
import { measureColdStart, untilListening } from './cold-start.ts';
import { contestantsOf, type Entrant } from './contestants.ts';
import { writeDocument } from './document.ts';
import { explainMicroseconds } from './explain-run.ts';
import { GROWTH_POINTS, measureGrowth } from './growth.ts';
import { describeSubject, prepare } from './prepare.ts';
import { reportTables } from './report.ts';
import type { Results } from './results.ts';
import { measureRounds, type Contestant } from './rounds.ts';
import { jsonRequests, ONE_ROW_16, scenariosOf } from './scenarios.ts';
import { brokenBounds } from './short-bounds.ts';
import { versionsOf } from './versions.ts';
import { wasmRunMilliseconds } from './wasm-run.ts';

const options = new Command('npm run bench --')
  .description('Measures serving on this machine, and writes JSON and tables.')
  .option('--short', 'ratios to hello world with generous bounds, in seconds; for CI', false)
  .option('--python <file>', 'a python3 that has fastapi, uvicorn, scikit-learn, onnxruntime')
  .option('--with-fastify <folder>', 'a folder with fastify and onnxruntime-node installed')
  .option('--rounds <count>', 'interleaved rounds', Number, 7)
  .option('--out <file>', 'where the JSON goes', join(ROOT, 'reports', 'bench.json'))
  .option('--document', 'also write docs/benchmarks.md and its charts', false)
  .allowExcessArguments(false)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse()
  .opts<{
    short: boolean;
    python?: string;
    withFastify?: string;
    rounds: number;
    out: string;
    document: boolean;
  }>();

if (!Number.isInteger(options.rounds) || options.rounds < 1 || options.rounds > 50) {
  console.error(`invalid --rounds: ${options.rounds} (1 to 50)`);
  process.exit(2);
}

try {
  await run();
} catch (error) {
  console.error(`${color.red('bench:')} ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

async function run(): Promise<void> {
  const folder = join(ROOT, '.scratch', options.short ? 'bench-short' : 'bench');
  say('a made tree, its rows, the Worker’s bundle');
  const subject = await prepare(folder);
  const entrants = await contestantsOf(subject, options);
  const scenarios = scenariosOf(subject.manifest).filter(
    ({ name }) => !options.short || name === ONE_ROW_16,
  );

  say(`${entrants.length} servers, ${scenarios.length} kinds of request`);
  const contestants = await Promise.all(entrants.map(startEntrant));
  const rounds = options.short ? 4 : options.rounds;
  const bar = progress(rounds + 1);
  const measurements = await measureRounds(contestants, scenarios, {
    rounds,
    milliseconds: options.short ? 250 : 500,
    onRound: () => bar.increment(),
  });
  bar.stop();
  for (const { server } of contestants) await server.end();
  const run_1000 = options.short ? null : await wasmRunMilliseconds(subject, 1_000);
  const explain_row = options.short ? null : explainMicroseconds(subject);

  const cold_starts = [];
  if (!options.short) {
    say('cold starts');
    for (const { start, dialect, isRight } of entrants) {
      const request = jsonRequests(subject.manifest, 1)[dialect === 'peer' ? 'peer' : 'gharial'];
      cold_starts.push(await measureColdStart(start, request, isRight, 3));
    }
  }
  const growth = options.short ? [] : await growthCurves(subject.folder, subject.worker);

  const { worker } = subject;
  const results: Results = {
    command: `npm run bench -- ${process.argv.slice(2).map(bare).join(' ')}`.trim(),
    commit: commitOf(),
    measured_at: new Date().toISOString(),
    machine: `${cpus().length} cores of ${cpus()[0]?.model ?? 'an unknown processor'}`,
    versions: versionsOf(options),
    model: describeSubject(subject),
    upload_bytes: worker.uploadBytes,
    upload_gzip_bytes: worker.uploadGzipBytes,
    measurements,
    cold_starts,
    run_1000,
    explain_row,
    growth,
  };
  const out = resolve(options.out);
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, `${JSON.stringify(results, null, 2)}\n`);
  for (const { title, head, rows } of reportTables(results)) {
    const table = new Table({ head: [...head], style: { head: [] } });
    table.push(...rows.map((row) => [...row]));
    console.log(`\n${color.bold(title)}\n${table.toString()}`);
  }
  if (options.document) await writeDocument(results);
  say(out);
  if (!options.short) return;
  const broken = brokenBounds(results);
  for (const line of broken) console.error(color.red(line));
  if (broken.length > 0) process.exitCode = 1;
}

async function startEntrant({ start, dialect, isBinary }: Entrant): Promise<Contestant> {
  const server = await start();
  await untilListening(server);
  return { server, dialect, isBinary };
}

async function growthCurves(
  folder: string,
  worker: Parameters<typeof measureGrowth>[0]['worker'],
): Promise<Results['growth']> {
  say('how the cost grows');
  const bar = progress(GROWTH_POINTS);
  const growth = await measureGrowth({ worker, folder, onPoint: () => bar.increment() });
  bar.stop();
  return growth;
}

function progress(total: number): SingleBar {
  const bar = new SingleBar({ format: '  {bar} {value}/{total}', clearOnComplete: true });
  bar.start(total, 0);
  return bar;
}

function commitOf(): string {
  try {
    const git = (...args: string[]): string =>
      execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
    return git('rev-parse', '--short', 'HEAD');
  } catch {
    return 'unknown';
  }
}

/** Arguments without the place they name: a document is read elsewhere. */
function bare(argument: string): string {
  return argument.startsWith('/') || /^[A-Za-z]:\\/.test(argument) ? '…' : argument;
}

function say(words: string): void {
  console.log(color.dim(`· ${words}`));
}
