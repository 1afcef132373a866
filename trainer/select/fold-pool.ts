// Assesses candidates on folds, as many at a time as there are threads. Which thread takes which changes no result.

import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { assess, type FoldResult, type FoldTask } from './assess.ts';
import type { Table } from '../table/table.ts';

export interface FoldPool {
  /** Answers the results in the order of the tasks; `onDone` takes how many there are so far. */
  assess(
    tasks: readonly FoldTask[],
    onDone: (done: number) => void,
  ): Promise<readonly FoldResult[]>;
}

/** Lends a pool to `use` and ends its threads after, however that went. One thread is this one. */
export async function withFoldPool<T>(
  table: Table,
  threads: number,
  use: (pool: FoldPool) => Promise<T>,
): Promise<T> {
  const workers: Worker[] = [];
  try {
    return await use(createFoldPool(table, threads, workers));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function createFoldPool(table: Table, threads: number, workers: Worker[]): FoldPool {
  return {
    async assess(tasks, onDone) {
      if (threads === 1 || tasks.length === 1) return assessHere(table, tasks, onDone);
      while (workers.length < Math.min(threads, tasks.length))
        workers.push(
          new Worker(new URL('./fold-worker.ts', import.meta.url), { workerData: table }),
        );
      const results: FoldResult[] = [];
      let [next, done] = [0, 0];
      const serve = async (worker: Worker): Promise<void> => {
        while (next < tasks.length) {
          const place = next++;
          results[place] = await ask(worker, tasks[place]!);
          onDone(++done);
        }
      };
      await Promise.all(workers.map(serve));
      return results;
    },
  };
}

async function assessHere(
  table: Table,
  tasks: readonly FoldTask[],
  onDone: (done: number) => void,
): Promise<readonly FoldResult[]> {
  const results: FoldResult[] = [];
  for (const task of tasks) {
    results.push(assess(table, task));
    onDone(results.length);
    // Lets the screen be drawn and Ctrl-C be heard.
    await setImmediate();
  }
  return results;
}

function ask(worker: Worker, task: FoldTask): Promise<FoldResult> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off('message', answer).off('error', fail);
    };
    const answer = (result: FoldResult): void => {
      settle();
      resolve(result);
    };
    const fail = (error: unknown): void => {
      settle();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    worker.on('message', answer).on('error', fail).postMessage(task);
  });
}
