// What 1,000 rows cost inside ONNX Runtime and nowhere else: the same WebAssembly, in node, by its public class. A Worker
// cannot say: its clock stands still, or ticks in milliseconds.

import { readFile } from 'node:fs/promises';
import * as ort from 'onnxruntime-web';
import type { Subject } from './prepare.ts';
import { encodedRows } from './scenarios.ts';
import { spreadOf } from './statistics.ts';

const WARM_UP = 200;
const RUNS = 200;

/** Milliseconds a run of `count` rows takes, the median of some. */
export async function wasmRunMilliseconds(
  { manifest, onnx }: Subject,
  count: number,
): Promise<number> {
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(await readFile(onnx));
  const values = encodedRows(manifest, count);
  const shape = [count, values.length / count];
  const feeds = { [session.inputNames[0]!]: new ort.Tensor('float32', values, shape) };
  const times: number[] = [];
  for (let run = 0; run < WARM_UP + RUNS; run++) {
    const started = performance.now();
    await session.run(feeds);
    if (run >= WARM_UP) times.push(performance.now() - started);
  }
  await session.release();
  return spreadOf(times).median;
}
