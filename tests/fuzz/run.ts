// Sends fuzzed requests, some at a time, and holds every answer to the laws; then asks again what was right before.

import type { Answer, Ask, Sent } from '../conformance/case.ts';
import type { FuzzSubject } from './subject.ts';
import { corpus } from './corpus.ts';
import { fuzzedRequest, plainRequest } from './fuzzed-request.ts';
import { faultsOf } from './laws.ts';

export interface Failure {
  /** The number of the request under its seed; -1 for one that was right and is answered otherwise than before. */
  readonly index: number;
  readonly sent: Sent;
  readonly faults: readonly string[];
}

export interface FuzzReport {
  readonly requests: number;
  readonly failures: readonly Failure[];
  /** How many answers had each status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Milliseconds. */
  readonly slowest: number;
}

export interface FuzzOptions {
  readonly seed: number;
  /** Of the first request. */
  readonly from: number;
  readonly count: number;
  /** Requests at a time. */
  readonly width: number;
  readonly subject: FuzzSubject;
  readonly ask: Ask;
  /** Milliseconds. */
  now(): number;
  onRequest?(index: number): void | Promise<void>;
}

/** Failures after which there is no point in going on. */
const ENOUGH = 20;

export async function runFuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { seed, from, count, width, subject, ask, now } = options;
  const before = await answersOf(ask, subject);
  const failures: Failure[] = [];
  const statuses: Record<string, number> = {};
  let [next, requests, slowest] = [from, 0, 0];

  const work = async (): Promise<void> => {
    while (next < from + count && failures.length < ENOUGH) {
      const index = next++;
      const sent = await fuzzedRequest(seed, index, subject);
      const started = now();
      const [answer, fault] = await answerOf(ask, sent);
      slowest = Math.max(slowest, now() - started);
      requests++;
      statuses[answer?.status ?? 'none'] = (statuses[answer?.status ?? 'none'] ?? 0) + 1;
      const faults = answer === null ? [fault] : faultsOf(sent, answer, subject);
      if (faults.length > 0) failures.push({ index, sent, faults });
      await options.onRequest?.(index);
    }
  };
  await Promise.all(Array.from({ length: width }, work));

  const after = await answersOf(ask, subject);
  for (const [index, { sent, said }] of before.entries())
    if (after[index]!.said !== said)
      failures.push({ index: -1, sent, faults: [`was ${said}, is ${after[index]!.said}`] });
  return { requests, failures: failures.toSorted((a, b) => a.index - b.index), statuses, slowest };
}

async function answerOf(
  ask: Ask,
  sent: Sent,
): Promise<readonly [Answer, ''] | readonly [null, string]> {
  try {
    return [await ask(sent), ''];
  } catch (error) {
    const { name, message, cause } = error as Error;
    const reason = cause instanceof Error ? `: ${cause.message}` : '';
    return [null, `no answer: ${name} ${message}${reason}`];
  }
}

/** What right requests are answered, but for what differs every time. */
async function answersOf(
  ask: Ask,
  subject: FuzzSubject,
): Promise<readonly { readonly sent: Sent; readonly said: string }[]> {
  const answers = [];
  for (const seed of corpus(subject)) {
    const plain = plainRequest(seed);
    const sent = { ...plain, headers: { ...plain.headers, 'x-request-id': 'steady' } };
    const { status, bytes } = await ask(sent);
    answers.push({ sent, said: `${status} ${Array.from(bytes).join(' ')}` });
  }
  return answers;
}
