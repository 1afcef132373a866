// `npm run soak`: half a million requests to one process, over changing rows and batches. What its isolate holds after a
// garbage collection must stay flat; what the process holds is shown beside a hello world's that gets as many.

import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import color from 'picocolors';
import { freePort } from '../tools/free-port.ts';
import { isolateMemory, type IsolateMemory } from '../tools/isolate-memory.ts';
import { ROOT } from '../tools/wrangler.ts';
import { untilListening } from './cold-start.ts';
import { megabytes } from './format.ts';
import { ask, sendLoad } from './load.ts';
import { prepare, type Subject } from './prepare.ts';
import { GHARIAL, HELLO_READS } from './results.ts';
import { binaryRequests, jsonRequests } from './scenarios.ts';
import type { Request, Server } from './servers/server.ts';
import { gharial, hello } from './servers/workerd.ts';
import { usageOf } from './usage.ts';

const CONNECTIONS = 16;
const SLICES = 50;
/** Slices after which memory is first measured: caches are filled, code is compiled. */
const SETTLING = 10;
const SLICE_MS = 60_000;
/** More than this, over all slices after that, is a leak: 20 bytes a request of half a million. */
const MOST_GROWTH = 8 * 1_048_576;

const options = new Command('npm run soak --')
  .description('Sends many requests to one process and holds its memory against its own beginning.')
  .option('--requests <count>', 'in all', Number, 500_000)
  .allowExcessArguments(false)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse()
  .opts<{ requests: number }>();

if (!Number.isInteger(options.requests) || options.requests < SLICES * CONNECTIONS) {
  console.error(`invalid --requests: ${options.requests} (at least ${SLICES * CONNECTIONS})`);
  process.exit(2);
}

try {
  await run();
} catch (error) {
  console.error(`${color.red('soak:')} ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

interface Soaked {
  readonly server: Server;
  readonly inspectorPort: number;
  /** Most of what the process held in a slice, in bytes; empty where the system does not say. */
  readonly resident: number[];
}

async function run(): Promise<void> {
  const subject = await prepare(join(ROOT, '.scratch', 'soak'));
  const own = await startOwn(subject);
  const one = jsonRequests(subject.manifest, 1).gharial;
  // One in ten slices is batches, so that tensors of other sizes come and go.
  const batch = binaryRequests(subject.manifest, 200).gharial;
  const floor = await startHello(subject, await ask(own.server.port, one));
  const soaked = [own, floor];
  const count = Math.ceil(options.requests / SLICES);
  const bar = new SingleBar({ format: '  {bar} {value}/{total} requests', clearOnComplete: true });
  bar.start(options.requests, 0);
  let settled: IsolateMemory | null = null;
  for (let slice = 0; slice < SLICES; slice++) {
    for (const contestant of soaked) {
      const { server, resident } = contestant;
      const request = contestant === own && slice % 10 === 9 ? batch : one;
      await sendSlice(server, request, count);
      const usage = usageOf(server.pid);
      if (usage !== null) resident.push(usage.resident);
    }
    bar.update(count * (slice + 1));
    if (slice === SETTLING - 1) settled = await memoryOf(own, one);
  }
  const last = await memoryOf(own, one);
  bar.stop();
  await Promise.all(soaked.map(({ server }) => server.end()));
  report(soaked, settled!, last);
}

async function startOwn({ worker, registry, folder }: Subject): Promise<Soaked> {
  const inspectorPort = await freePort();
  const place = join(folder, 'gharial');
  const start = await gharial(GHARIAL, { worker, registry, folder: place, inspectorPort });
  return started(await start(), inspectorPort);
}

async function startHello({ worker, folder }: Subject, answer: string): Promise<Soaked> {
  const inspectorPort = await freePort();
  const { compatibilityDate } = worker;
  const script = 'hello-reads.js';
  const place = join(folder, 'hello');
  const settings = { script, folder: place, answer, compatibilityDate, inspectorPort };
  return started(await (await hello(HELLO_READS, settings))(), inspectorPort);
}

async function started(server: Server, inspectorPort: number): Promise<Soaked> {
  await untilListening(server);
  return { server, inspectorPort, resident: [] };
}

function sendSlice({ port }: Server, request: Request, requests: number): Promise<unknown> {
  return sendLoad({ port, request, connections: CONNECTIONS, milliseconds: SLICE_MS, requests });
}

function memoryOf({ server, inspectorPort }: Soaked, request: Request): Promise<IsolateMemory> {
  return isolateMemory({ inspectorPort, worker: 'main', nudge: () => ask(server.port, request) });
}

function report(soaked: readonly Soaked[], settled: IsolateMemory, last: IsolateMemory): void {
  const held = ({ heap, linear }: IsolateMemory): string =>
    `${megabytes(heap)} and ${megabytes(linear)} of linear memory`;
  const words = `${options.requests} requests: the isolate held ${held(settled)} after the first ${(options.requests * SETTLING) / SLICES}, ${held(last)} at the end`;
  for (const { server, resident } of soaked)
    if (resident.length > 0)
      console.log(
        color.dim(
          `the process of ${server.name}: at most ${megabytes(Math.max(...resident.slice(0, SETTLING)))} at first, ${megabytes(Math.max(...resident.slice(-SETTLING)))} at last`,
        ),
      );
  const growth = last.heap + last.linear - settled.heap - settled.linear;
  if (growth > MOST_GROWTH) throw new Error(`memory grows: ${words}`);
  console.log(`${color.green('flat')} ${words}`);
}
