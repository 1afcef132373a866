// One process at a time: a lock file that only one can create, and that outlives no crash for long.

import { open, rm, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** A lock that nobody has touched for so long was left by a crash; what it guards takes milliseconds. */
const STALE_MS = 10_000;
const GIVE_UP_MS = 30_000;
const POLL_MS = 5;

/** Runs `work` while holding the lock file at `path`. Throws when it cannot be had in half a minute. */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + GIVE_UP_MS;
  while (!(await create(path))) {
    if (await isStale(path)) await breakLock(path);
    else await wait(POLL_MS);
    if (Date.now() > deadline) throw new Error(`registry is locked: ${path}`);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

/**
 * Removes a stale lock. Breaking needs a lock of its own: of two processes that both saw the stale lock, the slower
 * one would otherwise remove the lock that the faster one has just made.
 */
async function breakLock(path: string): Promise<void> {
  const breaker = `${path}.breaking`;
  if (!(await create(breaker))) {
    if (await isStale(breaker)) await rm(breaker, { force: true });
    return wait(POLL_MS);
  }
  try {
    if (await isStale(path)) await rm(path, { force: true });
  } finally {
    await rm(breaker, { force: true });
  }
}

async function create(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close();
    return true;
  } catch (error) {
    const code = codeOf(error);
    // Windows answers EPERM for a file that is just being removed.
    if (code === 'EEXIST' || (code === 'EPERM' && process.platform === 'win32')) return false;
    throw error;
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > STALE_MS;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** The system's name of the error, such as ENOENT. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
