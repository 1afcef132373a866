// What the kernel says a process has used. Linux's /proc only: elsewhere there is nothing of this resolution, and no figure.

import { readdirSync, readFileSync } from 'node:fs';

export interface Usage {
  /** Microseconds of CPU over all threads since the process started. */
  readonly cpu: number;
  /** The same of the busiest thread. */
  readonly busiest: number;
  /** Bytes of memory it holds, and the most it ever held. */
  readonly resident: number;
  readonly peak: number;
}

/** Null where there is no /proc, or no such process. */
export function usageOf(pid: number): Usage | null {
  try {
    const threads = readdirSync(`/proc/${pid}/task`).map((thread) => cpuOf(pid, thread));
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return {
      cpu: threads.reduce((sum, cpu) => sum + cpu, 0),
      busiest: Math.max(...threads),
      resident: kilobytes(status, 'VmRSS'),
      peak: kilobytes(status, 'VmHWM'),
    };
  } catch {
    return null;
  }
}

/** The first number of schedstat is nanoseconds on a CPU. */
const cpuOf = (pid: number, thread: string): number =>
  Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1_000;

const kilobytes = (status: string, field: string): number =>
  Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? NaN) * 1_024;
