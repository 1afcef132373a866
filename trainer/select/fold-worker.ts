// A thread that assesses candidates on folds of the table it was started with: a task in, a result out.

import { parentPort, workerData } from 'node:worker_threads';
import { assess, type FoldTask } from './assess.ts';
import type { Table } from '../table/table.ts';

const table: Table = workerData;

parentPort!.on('message', (task: FoldTask) => {
  parentPort!.postMessage(assess(table, task));
});
