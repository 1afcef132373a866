// Somebody's model of rows run once, by the runtime that serves it: are its operators there, are its answers answers.

import { createColumnEncoder } from '#contract/features/encode-columns.ts';
import type { Signature } from '#contract/signature.ts';
import type { TensorValue } from '#contract/tensors/tensor-data.ts';
import type { TensorMetadata } from '#contract/tensors/tensor.ts';
import type { Servable } from './check-servable.ts';
import { runtimeReason } from '#engine/onnx/runtime-reason.ts';
import { openTensors, type NamedTensors, type TensorSession } from '#engine/onnx/session.ts';

export interface Trial {
  /** The output that is served. */
  readonly output: TensorMetadata;
  /** What the model was run on, and what that output answered. */
  readonly inputs: NamedTensors;
  readonly answer: TensorValue;
  /** Milliseconds of a run of one row, the median of several. */
  readonly row_ms: number;
}

export interface TrialOptions {
  readonly signature: Signature;
  /** Rows that fit the signature. */
  readonly rows: readonly object[];
  /** Milliseconds, from any start. */
  readonly now: () => number;
}

/** What the sum of probabilities may be off by. */
const SUM_TOLERANCE = 1e-3;
const RUNS = 21;

/** Throws with the operator's, the operator set's or the output's name. */
export async function tryModel(
  bytes: Uint8Array,
  servable: Servable,
  { signature, rows, now }: TrialOptions,
): Promise<Trial> {
  const session = await openTensors(bytes).catch((cause: unknown) => {
    throw new Error(`onnxruntime refuses the model: ${runtimeReason(cause)}`, { cause });
  });
  const encode = (count: number) => encodeRows(servable, signature, rows.slice(0, count));
  const run = (count: number) => runRows(session, servable, encode(count));
  try {
    const inputs = encode(rows.length);
    const answers = await runRows(session, servable, inputs);
    const faults = servable.outputs.map((output) =>
      answerFault(answers[output.name]!, output, rows.length, signature),
    );
    const place = faults.indexOf(null);
    const output = servable.outputs[place];
    if (output === undefined) throw new Error(faults[0]!);
    const alone = (await run(1))[output.name]!.elements;
    if (alone.some((value, at) => !isClose(value, answers[output.name]!.elements[at]!)))
      throw new Error(`output ${output.name} of a row depends on the rows beside it`);
    const times: number[] = [];
    for (let turn = 0; turn < RUNS; turn++) {
      const before = now();
      await run(1);
      times.push(now() - before);
    }
    const answer = answers[output.name]!;
    return { output, inputs, answer, row_ms: times.sort((a, b) => a - b)[RUNS >> 1]! };
  } finally {
    await session.release();
  }
}

function encodeRows(
  { inputs }: Servable,
  signature: Signature,
  rows: readonly object[],
): NamedTensors {
  const batch = createColumnEncoder(signature, inputs)();
  const findings = { faults: [] as { pointer: string; detail: string }[], warnings: [] };
  rows.forEach((row, place) => batch.addRow(row, `/${place}`, findings));
  const [fault] = findings.faults;
  if (fault !== undefined)
    throw new Error(
      `a row that fits the signature does not fit the file: ${fault.pointer} ${fault.detail}`,
    );
  const tensors = batch.tensors();
  return Object.fromEntries(inputs.map(({ name }, index) => [name, tensors[index]!]));
}

async function runRows(
  session: TensorSession,
  { outputs }: Servable,
  inputs: NamedTensors,
): Promise<NamedTensors> {
  const names = outputs.map(({ name }) => name);
  return session.run(inputs, names).catch((cause: unknown) => {
    throw new Error(`onnxruntime cannot run the model on a row: ${runtimeReason(cause)}`, {
      cause,
    });
  });
}

/** Matrix products of one row and of many are summed in another order. */
const isClose = (a: unknown, b: unknown): boolean =>
  Math.abs(Number(a) - Number(b)) <= 1e-4 * (1 + Math.abs(Number(b)));

function answerFault(
  { elements }: TensorValue,
  { name }: TensorMetadata,
  rows: number,
  { target }: Signature,
): string | null {
  const depth = target.type === 'category' ? target.labels.length : 1;
  if (elements.length !== rows * depth)
    return `output ${name} answers ${rows} rows with ${elements.length} values, the target has ${depth} a row`;
  for (let start = 0; start < elements.length; start += depth) {
    const answer = Array.from(elements.slice(start, start + depth), Number);
    const said = `output ${name} answers [${answer.map((value) => value.toPrecision(4)).join(', ')}]`;
    if (!answer.every(Number.isFinite)) return `${said}: not numbers`;
    if (target.type === 'number') continue;
    const sum = answer.reduce((total, value) => total + value, 0);
    if (answer.some((value) => value < -SUM_TOLERANCE) || Math.abs(sum - 1) > SUM_TOLERANCE)
      return `${said}: probabilities are positive and sum to 1 (logits need a Softmax; torch: nn.Sequential(model, nn.Softmax(1)))`;
  }
  return null;
}
