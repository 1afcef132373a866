// What a server of the Open Inference Protocol says of itself, and an inference of its own that the cases vary.

import { parseAnswer, type OutputTensor } from '#client/infer-answer.ts';
import {
  parseIndex,
  parseModelList,
  parseModelMetadata,
  parseServerMetadata,
  type ModelMetadata,
} from '#client/metadata.ts';
import type { Answer, Ask } from '../case.ts';
import { json } from '../bytes.ts';
import { createTensors, type Tensor } from './tensors.ts';
import { inferBinary, inferJson } from './requests.ts';

/** What not every server has, and does not announce either. */
export type Offer = 'list' | 'index' | 'stats' | 'config';

export interface Subject {
  readonly server: string;
  readonly extensions: readonly string[];
  readonly offers: readonly Offer[];
  readonly model: ModelMetadata;
  /** Inputs the model answers. */
  readonly inputs: readonly Tensor[];
  /** Its answer to them; the same rows must always give it. */
  readonly outputs: readonly OutputTensor[];
}

export interface Learning {
  /** By default the first model the server names. */
  readonly model?: string;
  /** By default made up from the metadata. */
  readonly inputs?: readonly Tensor[];
}

/** Throws Error with what the server lacks. */
export async function learn(ask: Ask, learning: Learning = {}): Promise<Subject> {
  const server = parseServerMetadata(await read(ask, '/v2'));
  const name = learning.model ?? (await firstModel(ask));
  const path = `/v2/models/${encodeURIComponent(name)}`;
  const model = parseModelMetadata(await read(ask, path));
  const inputs = learning.inputs ?? createTensors(model.inputs);
  const offers: Offer[] = [];
  if ((await ask({ path: '/v2/models' })).status === 200) offers.push('list');
  if ((await ask({ path: '/v2/repository/index', body: json({}) })).status === 200)
    offers.push('index');
  if ((await ask({ path: `${path}/stats` })).status === 200) offers.push('stats');
  if ((await ask({ path: `${path}/config` })).status === 200) offers.push('config');
  const draft = { server: server.name, extensions: server.extensions, offers, model, inputs };
  const isHalf = inputs.some(({ datatype }) => datatype === 'FP16');
  const answer = await ask(isHalf ? inferBinary(draft, {}) : inferJson(draft, {}));
  if (answer.status !== 200)
    throw new Error(
      `${name} refuses the inputs that were made up for it (${answer.text.slice(0, 200)}): give some with --inputs`,
    );
  return { ...draft, outputs: tensorsOf(answer) };
}

/** The outputs of an answer, whatever its form. Throws ParseError or TensorDataError. */
export function tensorsOf({ headers, bytes }: Answer): readonly OutputTensor[] {
  const length = headers.get('inference-header-content-length');
  return parseAnswer(bytes, length === null ? null : Number(length)).outputs;
}

async function firstModel(ask: Ask): Promise<string> {
  const list = await ask({ path: '/v2/models' });
  const [listed] = list.status === 200 ? parseModelList(JSON.parse(list.text)) : [];
  if (listed !== undefined) return listed;
  const index = await ask({ path: '/v2/repository/index', body: json({ ready: true }) });
  const [entry] = index.status === 200 ? parseIndex(JSON.parse(index.text)) : [];
  if (entry === undefined) throw new Error('the server names no model: give one with --model');
  return entry.name;
}

async function read(ask: Ask, path: string): Promise<unknown> {
  const { status, text } = await ask({ path });
  if (status !== 200) throw new Error(`${path} answers ${status}: ${text.slice(0, 200)}`);
  return JSON.parse(text);
}
