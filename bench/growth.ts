// How the cost grows: one dimension of the model or of the request at a time, each point in a process of its own.

import { join } from 'node:path';
import type { TabularManifest } from '#contract/manifest.ts';
import { freePort } from '../tools/free-port.ts';
import { isolateMemory } from '../tools/isolate-memory.ts';
import type { BuiltWorker } from './build-worker.ts';
import { untilListening } from './cold-start.ts';
import { ask, sendLoad } from './load.ts';
import { publishMade } from './made-model.ts';
import type { Shape } from './made-trees.ts';
import { binaryRequests, jsonRequests } from './scenarios.ts';
import type { Request } from './servers/server.ts';
import { gharial } from './servers/workerd.ts';
import { usageOf } from './usage.ts';

export interface Point {
  readonly at: number;
  /** Microseconds of CPU a request, or null; what the limits of the platform count. */
  readonly cpu_per_request: number | null;
  /** Milliseconds from a request that finds no session to its answer. */
  readonly first_request: number;
  readonly model_bytes: number;
  /** Bytes that the isolate and its linear memory hold in the end, after a garbage collection. */
  readonly held: number;
}

export interface Curve {
  readonly name: string;
  readonly points: readonly Point[];
}

export const TREES = 'trees of 127 nodes';
export const MODELS_HELD = 'models of 20 trees in an isolate';

const SMALL = { trees: 1, depth: 5, numbers: 6, classes: 18 };

const CURVES: readonly {
  readonly name: string;
  readonly values: readonly number[];
  shape(value: number): Omit<Shape, 'name'>;
}[] = [
  {
    name: TREES,
    // 375 make the largest file that the gate admits.
    values: [1, 10, 100, 375, 800],
    shape: (trees) => ({ ...SMALL, depth: 6, trees }),
  },
  { name: 'classes', values: [2, 20, 200], shape: (classes) => ({ ...SMALL, classes }) },
  { name: 'features', values: [5, 50, 500], shape: (numbers) => ({ ...SMALL, numbers }) },
];

const ROWS = [1, 10, 100, 1_000, 10_000];
const MODELS = [1, 5, 10];
const MEASURE_MS = 400;

export interface Growth {
  readonly worker: BuiltWorker;
  readonly folder: string;
  readonly onPoint?: () => void;
}

export const GROWTH_POINTS =
  ROWS.length + MODELS.length + CURVES.reduce((sum, { values }) => sum + values.length, 0);

export async function measureGrowth(growth: Growth): Promise<readonly Curve[]> {
  const curves: Curve[] = [];
  for (const { name, values, shape } of CURVES) {
    const points: Point[] = [];
    for (const value of values)
      points.push(await measurePoint(growth, value, [{ ...shape(value), name: 'made' }], one));
    curves.push({ name, points });
  }
  const rows: Point[] = [];
  for (const count of ROWS) {
    const packed = (manifest: TabularManifest): Request => binaryRequests(manifest, count).gharial;
    rows.push(await measurePoint(growth, count, [{ ...SMALL, name: 'made' }], packed));
  }
  const models: Point[] = [];
  for (const count of MODELS) {
    const shapes = Array.from({ length: count }, (_, index) => ({
      ...SMALL,
      trees: 20,
      name: `made-${index}`,
    }));
    models.push(await measurePoint(growth, count, shapes, one));
  }
  return [
    ...curves,
    { name: 'rows of one request (binary)', points: rows },
    { name: MODELS_HELD, points: models },
  ];
}

const one = (manifest: TabularManifest): Request => jsonRequests(manifest, 1).gharial;

/** Some load over all `requests`; answers how many were sent. */
async function sendRound(port: number, requests: readonly Request[]): Promise<number> {
  const milliseconds = MEASURE_MS / requests.length;
  let sent = 0;
  for (const request of requests)
    sent += (await sendLoad({ port, request, connections: 16, milliseconds })).requests;
  return sent;
}

async function measurePoint(
  { worker, folder, onPoint }: Growth,
  at: number,
  shapes: readonly Shape[],
  requestOf: (manifest: TabularManifest) => Request,
): Promise<Point> {
  const place = join(folder, `growth-${crypto.randomUUID()}`);
  const registry = join(place, 'registry');
  const manifests: TabularManifest[] = [];
  for (const shape of shapes) manifests.push(await publishMade(registry, shape));
  const inspectorPort = await freePort();
  const settings = { worker, registry, folder: join(place, 'worker'), inspectorPort };
  const server = await (await gharial('growth', settings))();
  await untilListening(server);
  const requests = manifests.map(requestOf);
  // A model that is not there: R2, router and JSON are warm, the model is not.
  await ask(server.port, { ...requests[0]!, path: '/v1/models/nobody/predict' }).catch(() => null);
  const firsts: number[] = [];
  for (const request of requests) {
    const asked = performance.now();
    await ask(server.port, request);
    firsts.push(performance.now() - asked);
  }
  await sendRound(server.port, requests);
  const warm = usageOf(server.pid);
  const sent = await sendRound(server.port, requests);
  const after = usageOf(server.pid);
  const nudge = (): Promise<unknown> => ask(server.port, requests[0]!);
  const { heap, linear } = await isolateMemory({ inspectorPort, worker: 'main', nudge });
  await server.end();
  onPoint?.();
  return {
    at,
    cpu_per_request: after === null || warm === null ? null : (after.cpu - warm.cpu) / sent,
    first_request: firsts.reduce((sum, first) => sum + first, 0) / firsts.length,
    model_bytes: manifests.reduce((sum, { files }) => sum + files['model.onnx']!.size, 0),
    held: heap + linear,
  };
}
