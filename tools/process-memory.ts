// How much memory the processes of a server hold, where the system tells (Linux, /proc).

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PROC = '/proc';

/** Bytes in memory of every process below `pid` whose name starts with `name`, together; null where the system does not tell. */
export function memoryBelow(pid: number, name: string): number | null {
  if (!existsSync(join(PROC, 'self', 'status'))) return null;
  const processes = readdirSync(PROC)
    .filter((entry) => /^\d+$/.test(entry))
    .map((entry) => statusOf(entry))
    .filter((status) => status !== null);
  const isBelow = (status: Status): boolean => {
    for (let parent = status.parent; parent > 1;) {
      if (parent === pid) return true;
      parent = processes.find((other) => other.pid === parent)?.parent ?? 0;
    }
    return false;
  };
  const found = processes.filter((status) => status.name.startsWith(name) && isBelow(status));
  return found.length === 0 ? null : found.reduce((sum, { bytes }) => sum + bytes, 0);
}

interface Status {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly bytes: number;
}

/** Null for a process that ended in the meantime. */
function statusOf(pid: string): Status | null {
  try {
    const text = readFileSync(join(PROC, pid, 'status'), 'utf8');
    const field = (name: string): string =>
      new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(text)?.[1] ?? '';
    return {
      pid: Number(pid),
      parent: Number(field('PPid')),
      name: field('Name'),
      bytes: Number(field('VmRSS')) * 1_024,
    };
  } catch {
    return null;
  }
}
