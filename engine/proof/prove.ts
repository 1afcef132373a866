// Proof in workerd, the runtime of the edge: the edge's own sessions load the file and answer what the trial answered, within
// the memory and the time there is.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeElements, elementCount, encodeElements } from '#contract/tensors/tensor-data.ts';
import { parseList, parseObject } from '#contract/shapes/parse.ts';
import { parseTensor } from '#contract/tensors/tensor.ts';
import { bundleProof } from './bundle-proof.ts';
import { runtimeReason } from '../onnx/runtime-reason.ts';
import type { NamedTensors } from '../onnx/session.ts';
import { startWorkerd, type Workerd } from './start-workerd.ts';

export interface ProofOptions {
  /** What the model is run on, by input. */
  readonly inputs: NamedTensors;
  /** What it answered on this machine, by output, in the order that is served. */
  readonly outputs: NamedTensors;
  /** Whether rows go in as one float32 tensor. */
  readonly isPacked: boolean;
  /** Milliseconds, from any start. */
  readonly now: () => number;
  /** By default what an isolate has. */
  readonly limits?: Limits;
}

export interface Limits {
  /** Linear memory of the runtime, with what it starts with. */
  readonly memory_mib: number;
  readonly load_ms: number;
  readonly run_ms: number;
}

/** An isolate of 128 MB has 48 MiB for sessions and 16 MiB for the runtime itself. */
const LIMITS: Limits = { memory_mib: 64, load_ms: 10_000, run_ms: 5_000 };

export interface Proof {
  /** From the first request to the model being loaded; the runtime's own start is in it. */
  readonly load_ms: number;
  readonly run_ms: number;
  /** Linear memory of the runtime with the model loaded and run; it starts at 16 MiB. */
  readonly memory_bytes: number;
}

const MIB = 1_048_576;

/** No request of a proof takes longer. */
const TIMEOUT_MS = 20_000;
const LENGTH = 'inference-header-content-length';

/** Throws naming the operator, the tensor or the limit that stands in the way, or why workerd cannot be started. */
export async function prove(bytes: Uint8Array, options: ProofOptions): Promise<Proof> {
  const workerd = await start(bytes, options).catch((cause: unknown) => {
    throw new Error(
      `workerd cannot be started here, so nothing is proven: ${(cause as Error).message} (--without-proof publishes all the same)`,
      { cause },
    );
  });
  try {
    return await measure(workerd, options);
  } finally {
    await workerd.stop();
  }
}

async function start(bytes: Uint8Array, { outputs, isPacked }: ProofOptions): Promise<Workerd> {
  const { script, wasm } = await bundleProof();
  const names = JSON.stringify(JSON.stringify(Object.keys(outputs)));
  return startWorkerd({
    files: { 'index.js': script, 'ort.wasm': wasm, 'model.onnx': bytes },
    worker: `
      modules = [(name = "index.js", esModule = embed "index.js"), (name = "./ort.wasm", wasm = embed "ort.wasm")],
      compatibilityDate = ${JSON.stringify(await compatibilityDate())},
      bindings = [
        (name = "MODEL", data = embed "model.onnx"),
        (name = "OUTPUTS", text = ${names}),
        (name = "PACKED", text = "${isPacked ? 'yes' : 'no'}"),
      ]`,
  });
}

/** Of the deployed Worker. */
async function compatibilityDate(): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '..', '..', 'wrangler.toml'), 'utf8');
  const date = /^compatibility_date = "([^"]+)"$/m.exec(text)?.[1];
  if (date === undefined) throw new Error('wrangler.toml has no compatibility_date');
  return date;
}

async function measure({ url }: Workerd, options: ProofOptions): Promise<Proof> {
  const { now, limits = LIMITS } = options;
  const begun = now();
  await ask(url, {});
  const load_ms = now() - begun;
  const { body, headers } = requestOf(options.inputs);
  // Once to be right, once to be timed: the first run compiles what it touches.
  const first = await ask(url, { method: 'POST', body, headers });
  checkAnswers(first, options.outputs);
  const started = now();
  const { headers: measured } = await ask(url, { method: 'POST', body, headers });
  const run_ms = now() - started;
  const memory_bytes = Number(measured.get('memory-after'));
  const proof = { load_ms, run_ms, memory_bytes };
  refuseAbove('linear memory', memory_bytes / MIB, limits.memory_mib, 'MiB');
  refuseAbove('loading', load_ms, limits.load_ms, 'ms');
  refuseAbove('a run', run_ms, limits.run_ms, 'ms');
  return proof;
}

function refuseAbove(what: string, found: number, limit: number, unit: string): void {
  if (found > limit)
    throw new Error(
      `${what} takes ${Math.ceil(found)} ${unit} in workerd, at most ${limit} ${unit}`,
    );
}

interface ProofAnswer {
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

async function ask(url: string, init: RequestInit): Promise<ProofAnswer> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (response.ok) return { headers: response.headers, bytes };
  const reason = runtimeReason(new Error(new TextDecoder().decode(bytes)));
  throw new Error(`workerd refuses the model: ${reason}`);
}

function requestOf(tensors: NamedTensors): { body: Uint8Array<ArrayBuffer>; headers: HeadersInit } {
  const tails = Object.values(tensors).map(({ datatype, elements }) =>
    encodeElements(datatype, elements),
  );
  const inputs = Object.entries(tensors).map(([name, { datatype, shape }], index) => ({
    name,
    datatype,
    shape: shape.length === 0 ? [1] : shape,
    parameters: { binary_data_size: tails[index]!.length },
  }));
  const head = new TextEncoder().encode(JSON.stringify({ inputs }));
  return {
    body: new Uint8Array(Buffer.concat([head, ...tails])),
    headers: { [LENGTH]: String(head.length) },
  };
}

function checkAnswers({ headers, bytes }: ProofAnswer, outputs: NamedTensors): void {
  const length = Number(headers.get(LENGTH));
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, length))) as unknown;
  let at = length;
  parseList(parseObject(head, '').outputs, '/outputs', (value, pointer) => {
    const { name, datatype, shape } = parseTensor(value, pointer);
    const { parameters } = parseObject(value, pointer);
    const size = Number(parseObject(parameters, `${pointer}/parameters`).binary_data_size);
    const found = decodeElements(datatype, bytes.subarray(at, (at += size)), elementCount(shape));
    const expected = outputs[name]!.elements;
    const isEqual =
      found.length === expected.length &&
      Array.from(found).every((element, place) => Object.is(element, expected[place]));
    if (!isEqual)
      throw new Error(`output ${name} is another in workerd than in node, on the same tensors`);
  });
}
