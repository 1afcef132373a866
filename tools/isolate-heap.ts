// What a Worker's isolate holds after a garbage collection, asked over workerd's inspector (Chrome DevTools Protocol). The
// memory of the process says less: a local workerd without a limit grows by itself, under plain health checks too.

import { once } from 'node:events';

const LIMIT_MS = 30_000;
const NUDGE_MS = 200;
/** Far from the ones that wrangler uses on the same connection. */
const COLLECT_ID = 77_000_001;
const USAGE_ID = 77_000_002;

interface HeapUsage {
  readonly usedSize: number;
  readonly embedderHeapUsedSize?: number;
  readonly backingStorageSize?: number;
}

/**
 * Bytes of JavaScript objects, of what they hold in the engine, and of array buffers; linear memory is not in it.
 * `nudge` makes the isolate run: an idle one leaves the command where it is.
 */
export async function isolateHeap(
  inspectorPort: number,
  nudge: () => Promise<unknown>,
): Promise<number> {
  const socket = await connect(inspectorPort);
  const nudging = setInterval(() => void nudge().catch(() => null), NUDGE_MS);
  try {
    await call(socket, COLLECT_ID, 'HeapProfiler.collectGarbage');
    const usage = (await call(socket, USAGE_ID, 'Runtime.getHeapUsage')) as HeapUsage;
    return usage.usedSize + (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? 0);
  } finally {
    clearInterval(nudging);
    socket.close();
  }
}

async function connect(port: number): Promise<WebSocket> {
  const list = await fetch(`http://127.0.0.1:${port}/json`);
  const [target] = (await list.json()) as { webSocketDebuggerUrl: string }[];
  // Wrangler lets in who says where it comes from; node's WebSocket takes headers, the browsers' type does not know it.
  const options = { headers: { origin: 'http://localhost' } } as unknown as string[];
  const socket = new WebSocket(target!.webSocketDebuggerUrl, options);
  await once(socket, 'open', { signal: AbortSignal.timeout(LIMIT_MS) });
  return socket;
}

/** The result of the command that was sent as `id`. Rejects when none comes within the limit. */
function call(socket: WebSocket, id: number, method: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new Error(`workerd's inspector does not answer ${method}`));
    const timer = setTimeout(fail, LIMIT_MS);
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const message = JSON.parse(data) as { id?: number; result?: unknown };
      if (message.id !== id) return;
      clearTimeout(timer);
      resolve(message.result);
    });
    socket.send(JSON.stringify({ id, method }));
  });
}
