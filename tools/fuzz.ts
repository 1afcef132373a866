// `npm run fuzz`: thousands of mutated requests to a server on this machine, each answer held to the laws of tests/fuzz.
// Prints the requests that broke one, so that each can be repeated by its number.

import cliProgress from 'cli-progress';
import { Command, InvalidArgumentError } from 'commander';
import color from 'picocolors';
import { createAsk } from '../tests/conformance/ask.ts';
import type { Ask } from '../tests/conformance/case.ts';
import { fuzzedRequest } from '../tests/fuzz/fuzzed-request.ts';
import { runFuzz, type Failure, type FuzzReport } from '../tests/fuzz/run.ts';
import { learnSubject, type FuzzSubject } from '../tests/fuzz/subject.ts';
import { NOT_READY_MODELS, READY_MODEL, startFuzzServer, type FuzzServer } from './fuzz-server.ts';
import { isolateMemory, type IsolateMemory } from './isolate-memory.ts';
import { pastTheProxy } from './past-the-proxy.ts';
import { memoryBelow } from './process-memory.ts';

const MIB = 1_048_576;
/** Requests at a time. */
const WIDTH = 8;
/** Share of the requests after which memory is first measured: caches are filled, code is compiled. */
const WARM = 0.1;

interface Options {
  readonly requests: number;
  readonly seed: number;
  readonly only?: number;
  readonly url?: string;
  readonly model?: string;
  readonly maxGrowth: number;
}

const options = new Command('npm run fuzz --')
  .description(
    'Sends mutated requests to the server and holds every answer to what must always be true.',
  )
  .option('--requests <count>', 'how many', parseCount, 20_000)
  .option('--seed <number>', 'the same seed sends the same requests', parseCount, 1)
  .option('--only <number>', 'repeat this one request of the seed and show its answer', parseCount)
  .option('--url <url>', 'a server on this machine; by default one is started for it')
  .option('--model <name>', 'a model that answers, with --url; by default the first one')
  .option('--max-growth <MiB>', 'how much more the Worker may hold in the end', parseCount, 8)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse()
  .opts<Options>();

try {
  process.exitCode = await fuzz(options);
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function fuzz(options: Options): Promise<number> {
  if (options.url !== undefined) refuseStrangers(options.url);
  const server = options.url === undefined ? await startFuzzServer() : null;
  try {
    const { ask, lost } = pastTheProxy(
      createAsk((options.url ?? server!.url).replace(/\/+$/, ''), fetch),
    );
    const model = server === null ? (options.model ?? (await firstModel(ask))) : READY_MODEL;
    const subject = await learnSubject(ask, model, server === null ? [] : NOT_READY_MODELS);
    if (options.only !== undefined) return await repeat(ask, subject, options.seed, options.only);
    const code = await run(ask, subject, options, server);
    if (lost() > 0)
      console.log(color.dim(`wrangler's proxy lost ${lost()}, which were asked again`));
    return code;
  } finally {
    await server?.stop();
  }
}

async function run(
  ask: Ask,
  subject: FuzzSubject,
  { requests, seed, maxGrowth }: Options,
  server: FuzzServer | null,
): Promise<number> {
  const bar = new cliProgress.SingleBar({ format: '{bar} {value}/{total} {eta_formatted}' });
  bar.start(requests, 0);
  const warmAt = Math.floor(requests * WARM);
  let before: Memory | null = null;
  let done = 0;
  const report = await runFuzz({
    seed,
    from: 0,
    count: requests,
    width: WIDTH,
    subject,
    ask,
    now: () => performance.now(),
    async onRequest() {
      bar.update(++done);
      if (done === warmAt && server !== null) before = await measure(server);
    },
  });
  const after = server === null ? null : await measure(server);
  bar.stop();
  print(report, seed);
  const isFlat = printMemory(before, after, { warmAt, maxGrowth });
  return report.failures.length === 0 && isFlat ? 0 : 1;
}

interface Memory {
  /** After a garbage collection. */
  readonly isolate: IsolateMemory;
  /** Bytes of the processes in memory; null where the system does not tell. */
  readonly processes: number | null;
}

async function measure(server: FuzzServer): Promise<Memory> {
  const isolate = await isolateMemory({
    inspectorPort: server.inspectorPort,
    nudge: () => fetch(`${server.url}/v2/health/live`),
  });
  return { isolate, processes: memoryBelow(server.pid, 'workerd') };
}

/** Whether the Worker holds no more than it may. */
function printMemory(
  before: Memory | null,
  after: Memory | null,
  { warmAt, maxGrowth }: { readonly warmAt: number; readonly maxGrowth: number },
): boolean {
  if (before === null || after === null) {
    console.log('memory: measured only for a server that is started here');
    return true;
  }
  const mib = (bytes: number | null): string =>
    bytes === null ? '?' : `${(bytes / MIB).toFixed(1)} MiB`;
  const held = ({ isolate }: Memory): string =>
    `${mib(isolate.heap)} and ${mib(isolate.linear)} of linear memory`;
  const sum = ({ isolate }: Memory): number => isolate.heap + isolate.linear;
  const isFlat = sum(after) - sum(before) <= maxGrowth * MIB;
  console.log(
    `after ${warmAt} requests the Worker held ${held(before)}, at the end ${held(after)}`,
  );
  console.log(color.dim(`workerd's processes: ${mib(before.processes)}, ${mib(after.processes)}`));
  if (!isFlat) console.log(color.red(`it may hold ${maxGrowth} MiB more, not that much`));
  return isFlat;
}

function print({ requests, statuses, slowest, failures }: FuzzReport, seed: number): void {
  const counted = Object.entries(statuses).map(([status, count]) => `${status} × ${count}`);
  console.log(`${requests} requests of seed ${seed}: ${counted.join(', ')}`);
  console.log(`the slowest took ${slowest.toFixed(0)} ms`);
  for (const failure of failures) console.log(describe(failure, seed));
  const verdict =
    failures.length === 0
      ? color.green('no law was broken')
      : color.red(`${failures.length} broke a law`);
  console.log(verdict);
}

function describe({ index, sent, faults }: Failure, seed: number): string {
  const again = index < 0 ? 'after the run' : `npm run fuzz -- --seed ${seed} --only ${index}`;
  return `${color.red('✗')} ${sent.method} ${sent.path.slice(0, 200)}  ${color.dim(again)}\n    ${faults.join('\n    ').slice(0, 1_000)}`;
}

/** Shows one request of a seed, and its answer. */
async function repeat(
  ask: Ask,
  subject: FuzzSubject,
  seed: number,
  index: number,
): Promise<number> {
  const sent = await fuzzedRequest(seed, index, subject);
  console.log(`${sent.method} ${sent.path}`);
  for (const [name, value] of Object.entries(sent.headers ?? {})) console.log(`${name}: ${value}`);
  console.log(`\n${shown(sent.body ?? new Uint8Array())}\n`);
  const { status, headers, text } = await ask(sent);
  console.log(color.bold(`→ ${status} ${headers.get('content-type') ?? ''}`));
  console.log(text.slice(0, 2_000));
  const report = await runFuzz({
    seed,
    from: index,
    count: 1,
    width: 1,
    subject,
    ask,
    now: () => performance.now(),
  });
  for (const failure of report.failures) console.log(describe(failure, seed));
  return report.failures.length === 0 ? 0 : 1;
}

/** Bytes as text where they are text. */
function shown(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.subarray(0, 2_000)).toString('utf8');
  const isText = !text.includes('\ufffd') && !text.includes('\0');
  return `${isText ? text : Buffer.from(bytes.subarray(0, 2_000)).toString('base64')}${bytes.length > 2_000 ? ` … ${bytes.length} bytes` : ''}`;
}

/** The fuzzer is for one's own server. */
function refuseStrangers(url: string): void {
  const { hostname } = new URL(url);
  if (!/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname))
    throw new Error(`${hostname} is not this machine: only a server on it is fuzzed`);
}

async function firstModel(ask: Ask): Promise<string> {
  const { text } = await ask({ path: '/v1/models' });
  const { models } = JSON.parse(text) as { models: { name: string; champion: string | null }[] };
  const found = models.find(({ champion }) => champion !== null);
  if (found === undefined) throw new Error('no model is ready: run "npm run trainer"');
  return found.name;
}

function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('not a whole number.');
  return Number(text);
}
