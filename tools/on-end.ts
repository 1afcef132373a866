// When a long-running command is to end: a signal, or the end of whoever started it.

const PARENT_CHECK_MS = 500;

/**
 * Calls `end` once, at the first of SIGINT, SIGTERM, SIGHUP and the parent's end. npm's shell does not hand SIGTERM on,
 * so a killed `npm start` would otherwise leave its server behind.
 */
export function onEnd(end: () => void): void {
  let ended = false;
  const once = (): void => {
    if (ended) return;
    ended = true;
    end();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, once);
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) once();
  }, PARENT_CHECK_MS).unref();
}
