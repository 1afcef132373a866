// `npm run soak`: half a million requests to one process, over changing rows and batches; its memory must stay flat.

import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import color from 'picocolors';
import { ROOT } from '../tools/wrangler.ts';
import { untilListening } from './cold-start.ts';
import { megabytes } from './format.ts';
import { sendLoad } from './load.ts';
import { prepare } from './prepare.ts';
import { binaryRequests, jsonRequests } from './scenarios.ts';
import { gharial } from './servers/workerd.ts';
import { usageOf } from './usage.ts';

const CONNECTIONS = 16;
const SLICES = 50;
/** Slices until the heap has found its size. */
const SETTLING = 10;
const SLICE_MS = 60_000;
/** More than this, over all slices after that, is a leak. */
const MOST_GROWTH = 32 * 1_048_576;

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

async function run(): Promise<void> {
  const subject = await prepare(join(ROOT, '.scratch', 'soak'));
  const { worker, registry, manifest, folder } = subject;
  const start = await gharial('Gharial', { worker, registry, folder: join(folder, 'gharial') });
  const server = await start();
  await untilListening(server);
  // One in ten slices is batches, so that tensors of other sizes come and go.
  const single = jsonRequests(manifest, 1).gharial;
  const batch = binaryRequests(manifest, 200).gharial;
  const residents: number[] = [];
  let sent = 0;
  const bar = new SingleBar({ format: '  {bar} {value}/{total} requests', clearOnComplete: true });
  bar.start(options.requests, 0);
  for (let slice = 0; slice < SLICES; slice++) {
    const load = await sendLoad({
      port: server.port,
      request: slice % 10 === 9 ? batch : single,
      connections: CONNECTIONS,
      milliseconds: SLICE_MS,
      requests: Math.ceil(options.requests / SLICES),
    });
    sent += load.requests;
    bar.update(sent);
    const usage = usageOf(server.pid);
    if (usage !== null) residents.push(usage.resident);
  }
  bar.stop();
  await server.end();
  if (residents.length === 0) {
    console.log(`${sent} requests; this system does not say how much memory a process holds`);
    return;
  }
  const settled = Math.max(...residents.slice(0, SETTLING));
  const last = Math.max(...residents.slice(-SETTLING));
  const growth = last - settled;
  const words = `${sent} requests: ${megabytes(settled)} after the first ${(sent * SETTLING) / SLICES}, ${megabytes(last)} at the end`;
  if (growth > MOST_GROWTH) throw new Error(`memory grows: ${words}`);
  console.log(`${color.green('flat')} ${words}`);
}
