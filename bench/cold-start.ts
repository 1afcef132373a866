// Cold starts: a process that was not there answers correctly; and the first request to an isolate that just started.

import { connect } from 'node:net';
import { ask } from './load.ts';
import type { Request, Server, Start } from './servers/server.ts';
import { spreadOf, type Spread } from './statistics.ts';
import { usageOf, type Usage } from './usage.ts';

/** Milliseconds, medians over the starts. */
export interface ColdStart {
  readonly server: string;
  /** From the process's start to its first correct answer. */
  readonly first_answer: Spread;
  /** CPU until it has started and rests: of its busiest thread, and of all. */
  readonly startup_thread_cpu: Spread | null;
  readonly startup_cpu: Spread | null;
  /** The first request to a process that listens and rests: workerd listens long before its isolate has started. */
  readonly first_request: Spread;
}

const LISTEN_MS = 60_000;
const PAUSE_MS = 2;
/** A process that used no CPU for so long has started; without /proc, so long is waited. */
const QUIET_MS = 500;
const UNSEEN_MS = 3_000;
/** CPU, in microseconds, that is none: timers and the like. */
const NOTHING = 2_000;

/** Starts it `starts` times twice over; `isRight` judges an answer. */
export async function measureColdStart(
  start: Start,
  request: Request,
  isRight: (answer: string) => boolean,
  starts: number,
): Promise<ColdStart> {
  const answers: number[] = [];
  const firsts: number[] = [];
  const threads: number[] = [];
  const processes: number[] = [];
  let name = '';
  for (let round = 0; round < starts; round++) {
    const started = performance.now();
    const server = await start();
    name = server.name;
    await untilListening(server);
    await askRight(server, request, isRight);
    answers.push(performance.now() - started);
    await server.end();

    const other = await start();
    await untilListening(other);
    const usage = await untilQuiet(other);
    if (usage !== null) {
      threads.push(usage.busiest / 1_000);
      processes.push(usage.cpu / 1_000);
    }
    const asked = performance.now();
    await askRight(other, request, isRight);
    firsts.push(performance.now() - asked);
    await other.end();
  }
  return {
    server: name,
    first_answer: spreadOf(answers),
    startup_thread_cpu: threads.length === 0 ? null : spreadOf(threads),
    startup_cpu: processes.length === 0 ? null : spreadOf(processes),
    first_request: spreadOf(firsts),
  };
}

/** Resolves when `server` accepts connections, which asks nothing of it yet. */
export async function untilListening({ name, port }: Server): Promise<void> {
  const until = performance.now() + LISTEN_MS;
  while (!(await accepts(port))) {
    if (performance.now() > until) throw new Error(`${name} does not listen after ${LISTEN_MS} ms`);
    await pause(PAUSE_MS);
  }
}

/** Resolves when the process rests, with what it has used by then. */
async function untilQuiet({ name, pid }: Server): Promise<Usage | null> {
  let before = usageOf(pid);
  if (before === null) {
    await pause(UNSEEN_MS);
    return null;
  }
  const until = performance.now() + LISTEN_MS;
  while (performance.now() < until) {
    await pause(QUIET_MS);
    const after = usageOf(pid);
    if (after === null || after.cpu - before.cpu < NOTHING) return after;
    before = after;
  }
  throw new Error(`${name} does not rest after ${LISTEN_MS} ms`);
}

async function askRight(
  { name, port }: Server,
  request: Request,
  isRight: (answer: string) => boolean,
): Promise<void> {
  const answer = await ask(port, request);
  if (!isRight(answer)) throw new Error(`${name} answers wrongly: ${answer.slice(0, 300)}`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
