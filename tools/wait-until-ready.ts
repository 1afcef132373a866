// Polls a server until it answers, with a limit on each try: a server whose first build failed accepts connections and hangs.

import { createServer } from 'node:net';

const TRY_MS = 1_000;
const PAUSE_MS = 150;

/** True when `url` answers 200 within `limit` milliseconds; false when it does not, or `given_up` says it cannot any more. */
export async function waitUntilReady(
  url: string,
  limit: number,
  givenUp: () => boolean,
): Promise<boolean> {
  const until = Date.now() + limit;
  while (Date.now() < until && !givenUp()) {
    const response = await fetch(url, { signal: AbortSignal.timeout(TRY_MS) }).catch(() => null);
    if (response?.status === 200) return true;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return false;
}

/** Whether a server on this machine could listen on `port`. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
