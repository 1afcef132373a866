// Runs cases one after another and says of each whether it passed.

import type { Ask, Topic } from './case.ts';

export interface Outcome {
  readonly topic: string;
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  /** Why it failed or was skipped; empty when it passed. */
  readonly reason: string;
}

export async function* runTopics<Subject>(
  topics: readonly Topic<Subject>[],
  ask: Ask,
  subject: Subject,
): AsyncGenerator<Outcome, void, undefined> {
  for (const { topic, cases } of topics)
    for (const { name, skip, check } of cases) {
      const reason = skip?.(subject) ?? null;
      if (reason !== null) yield { topic, name, result: 'skipped', reason };
      else yield { topic, name, ...(await judge(() => check(ask, subject))) };
    }
}

async function judge(
  check: () => Promise<readonly string[]>,
): Promise<Pick<Outcome, 'result' | 'reason'>> {
  try {
    const faults = await check();
    return { result: faults.length === 0 ? 'passed' : 'failed', reason: faults.join('; ') };
  } catch (error) {
    return { result: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}
