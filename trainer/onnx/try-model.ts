// Somebody's model run once, by the same runtime that serves it: are its operators there, are its answers answers.

import type { Signature } from '#contract/signature.ts';
import { openSession } from './session.ts';
import type { Servable } from './check-servable.ts';

export interface Trial {
  /** Milliseconds of a run of one row, the median of several. */
  readonly row_ms: number;
}

/** What the sum of probabilities may be off by. */
const SUM_TOLERANCE = 1e-3;
const RUNS = 21;

/** `rows` are encoded, [count, width]. Throws with the operator's, the operator set's or the output's name. */
export async function tryModel(
  bytes: Uint8Array,
  { input, output }: Servable,
  { signature, rows, now }: TrialOptions,
): Promise<Trial> {
  const width = rows.values.length / rows.count;
  const tensors = { input: { ...input, shape: [-1, width] }, output };
  const session = await openSession(bytes, tensors).catch((cause: unknown) => {
    throw new Error(`onnxruntime refuses the model: ${reasonOf(cause)}`, { cause });
  });
  try {
    const answers = await session.run(rows.values, rows.count);
    checkAnswers(answers, output, signature);
    const alone = await session.run(rows.values.slice(0, width), 1);
    if (alone.some((value, place) => !isClose(value, answers[place]!)))
      throw new Error(`output ${output.name} of a row depends on the rows beside it`);
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const before = now();
      await session.run(rows.values.slice(0, width), 1);
      times.push(now() - before);
    }
    return { row_ms: times.sort((a, b) => a - b)[RUNS >> 1]! };
  } finally {
    await session.release();
  }
}

/** Matrix products of one row and of many are summed in another order. */
const isClose = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-4 * (1 + Math.abs(b));

export interface TrialOptions {
  readonly signature: Signature;
  readonly rows: { readonly values: Float32Array<ArrayBuffer>; readonly count: number };
  /** Milliseconds, from any start. */
  readonly now: () => number;
}

function checkAnswers(
  answers: Float32Array,
  output: Servable['output'],
  { target }: Signature,
): void {
  const depth = output.shape[1]!;
  for (let start = 0; start < answers.length; start += depth) {
    const answer = [...answers.subarray(start, start + depth)];
    const said = `output ${output.name} answers [${answer.map((value) => value.toPrecision(4)).join(', ')}]`;
    if (!answer.every(Number.isFinite)) throw new Error(`${said}: not numbers`);
    if (target.type === 'number') continue;
    const sum = answer.reduce((total, value) => total + value, 0);
    if (answer.some((value) => value < -SUM_TOLERANCE) || Math.abs(sum - 1) > SUM_TOLERANCE)
      throw new Error(`${said}: probabilities are positive and sum to 1 (logits need a Softmax)`);
  }
}

const KNOWN_REASONS: readonly (readonly [RegExp, (words: RegExpExecArray) => string])[] = [
  [/No Op registered for (\S+)/, ([, name]) => `there is no operator ${name}`],
  [
    /Could not find an implementation for (\w+)/,
    ([, name]) => `operator ${name} is not in this build`,
  ],
  [/No opset import for domain '([^']+)'/, ([, name]) => `there are no operators of ${name}`],
  [
    /Opset (\d+) is under development.*domain (\S+) is till opset (\d+)/s,
    ([, version, domain, last]) =>
      `operator set ${domain} ${version} is too new: ${last} is the last`,
  ],
];

/** The runtime's own words without the place in its source; names alone where they are known. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  for (const [pattern, say] of KNOWN_REASONS) {
    const words = pattern.exec(text);
    if (words !== null) return say(words);
  }
  const said = text.split('ERROR_MESSAGE: ').at(-1)!;
  return said.replace(/^\/\S+:\d+ .*? : /, '').split('\n')[0]!;
}
