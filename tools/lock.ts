// A lock between processes on this machine: a file with the holder's process id. One who died holds nothing.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';

const PAUSE_MS = 100;

/** Waits for the lock at `path`, whose folder exists. Answers what gives it back. */
export async function acquire(path: string): Promise<() => void> {
  while (!tryAcquire(path)) {
    if (isAbandoned(path)) rmSync(path, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return () => rmSync(path, { force: true });
}

function tryAcquire(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAbandoned(path: string): boolean {
  try {
    const holder = Number(readFileSync(path, 'utf8'));
    // An empty file was made this instant, by one who writes its id next.
    if (holder > 0) process.kill(holder, 0);
    return false;
  } catch (error) {
    // The holder is not there, or gave the lock back just now; signals may also be forbidden to the living.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
