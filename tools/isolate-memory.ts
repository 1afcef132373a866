// What a Worker's isolate holds after a garbage collection, asked over workerd's inspector (Chrome DevTools Protocol). The
// memory of the process says less: what requests left is freed only when the isolate's whole heap is collected, and a
// local workerd without a limit lets that heap grow first (docs/decisions/053).

import { once } from 'node:events';

const LIMIT_MS = 30_000;
const NUDGE_MS = 200;
/** Far from the ones that wrangler uses on the same connection. */
const FIRST_ID = 77_000_001;

export interface IsolateMemory {
  /** Bytes of JavaScript objects, of what they hold in the engine, and of array buffers. */
  readonly heap: number;
  /** Bytes of WebAssembly's linear memories, which never shrink. */
  readonly linear: number;
}

export interface Inspected {
  readonly inspectorPort: number;
  /** The Worker's name, where the process has several. */
  readonly worker?: string;
  /** Makes the isolate run: an idle one leaves a command where it is. */
  nudge(): Promise<unknown>;
}

interface HeapUsage {
  readonly usedSize: number;
  readonly embedderHeapUsedSize?: number;
  readonly backingStorageSize?: number;
}

interface Remote {
  readonly result: { readonly objectId: string; readonly value?: number };
}

/** Collects the isolate's garbage and answers what is left. */
export async function isolateMemory(inspected: Inspected): Promise<IsolateMemory> {
  const socket = await connect(inspected);
  const nudging = setInterval(() => void inspected.nudge().catch(() => null), NUDGE_MS);
  try {
    const call = caller(socket);
    await call('HeapProfiler.collectGarbage');
    const usage = (await call('Runtime.getHeapUsage')) as HeapUsage;
    const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = usage;
    const linear = await linearMemory(socket, call);
    return { heap: usedSize + embedderHeapUsedSize + backingStorageSize, linear };
  } finally {
    clearInterval(nudging);
    socket.close();
  }
}

type Call = (method: string, params?: object) => Promise<unknown>;

/** The bytes of every WebAssembly.Memory of the isolate. */
async function linearMemory(socket: WebSocket, call: Call): Promise<number> {
  let contextId = 0;
  socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const { method, params } = JSON.parse(data) as {
      method?: string;
      params?: { context: { id: number } };
    };
    if (method === 'Runtime.executionContextCreated') contextId = params!.context.id;
  });
  // Where wrangler has it enabled already, the context is named only when it is enabled anew.
  await call('Runtime.disable');
  await call('Runtime.enable');
  const expression = 'WebAssembly.Memory.prototype';
  const prototype = (await call('Runtime.evaluate', { expression, contextId })) as Remote;
  const { objects } = (await call('Runtime.queryObjects', {
    prototypeObjectId: prototype.result.objectId,
  })) as { objects: Remote['result'] };
  const sum = (await call('Runtime.callFunctionOn', {
    objectId: objects.objectId,
    functionDeclaration:
      'function () { return this.reduce((sum, { buffer }) => sum + buffer.byteLength, 0) }',
    returnByValue: true,
  })) as Remote;
  return sum.result.value!;
}

async function connect({ inspectorPort, worker }: Inspected): Promise<WebSocket> {
  const list = await fetch(`http://127.0.0.1:${inspectorPort}/json`);
  const targets = (await list.json()) as { id: string; webSocketDebuggerUrl: string }[];
  const target = targets.find(({ id }) => worker === undefined || id === worker);
  // Wrangler lets in who says where it comes from; node's WebSocket takes headers, the browsers' type does not know it.
  const options = { headers: { origin: 'http://localhost' } } as unknown as string[];
  const socket = new WebSocket(target!.webSocketDebuggerUrl, options);
  await once(socket, 'open', { signal: AbortSignal.timeout(LIMIT_MS) });
  return socket;
}

/** Sends commands; each rejects when no result comes within the limit. */
function caller(socket: WebSocket): Call {
  let id = FIRST_ID;
  return (method, params = {}) =>
    new Promise((resolve, reject) => {
      const own = id++;
      const fail = (): void => reject(new Error(`workerd's inspector does not answer ${method}`));
      const timer = setTimeout(fail, LIMIT_MS);
      const listen = ({ data }: MessageEvent<string>): void => {
        const message = JSON.parse(data) as {
          id?: number;
          result?: unknown;
          error?: { message: string };
        };
        if (message.id !== own) return;
        clearTimeout(timer);
        socket.removeEventListener('message', listen);
        if (message.error === undefined) resolve(message.result);
        else reject(new Error(`${method}: ${message.error.message}`));
      };
      socket.addEventListener('message', listen);
      socket.send(JSON.stringify({ id: own, method, params }));
    });
}
