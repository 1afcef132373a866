// Expectations in the words of the Open Inference Protocol.

import type { OutputTensor } from '#client/infer-answer.ts';
import type { Expectation } from '../case.ts';
import { all, contentType, jsonOf, leaksNothing, status } from '../expect.ts';
import { tensorsOf, type Subject } from './subject.ts';

type Expect = Expectation<Subject>;

/** 200 exactly, and JSON with a content type of no more than its name. */
export const answered: Expect = all<Subject>(status(200), contentType('application/json'));

/** `{"error": "…"}` and nothing else, with a content type that clients recognise, and nothing of the server's insides. */
export const refused = (...statuses: readonly number[]): Expect =>
  all<Subject>(status(...statuses), contentType('application/json'), leaksNothing, (answer) => {
    const [value, fault] = jsonOf(answer);
    if (fault !== null) return fault;
    const { error, ...others } = (value ?? {}) as Record<string, unknown>;
    if (typeof error !== 'string' || error === '') return 'error is no text';
    const [other] = Object.keys(others);
    return other === undefined ? null : `an error has only error, not ${other}`;
  });

/** The request is wrong, and nothing else is. */
export const badRequest = refused(400);

/** The outputs the subject gave to the same inputs before: all of them, or those named. */
export const sameOutputs = (names?: (subject: Subject) => readonly string[]): Expect =>
  all<Subject>(status(200), (answer, subject) => {
    const wanted = names?.(subject) ?? subject.outputs.map(({ name }) => name);
    const found = tensorsOf(answer);
    const strange = found.find(({ name }) => !wanted.includes(name));
    if (strange !== undefined) return `an output that was not asked for: ${strange.name}`;
    for (const name of wanted) {
      const before = subject.outputs.find((output) => output.name === name);
      const now = found.find((output) => output.name === name);
      if (before === undefined || now === undefined) return `output ${name} is missing`;
      const fault = outputDifference(before, now);
      if (fault !== null) return fault;
    }
    return null;
  });

export function outputDifference(before: OutputTensor, now: OutputTensor): string | null {
  const { name } = before;
  if (before.datatype !== now.datatype) return `${name} is ${now.datatype}, not ${before.datatype}`;
  if (String(before.shape) !== String(now.shape))
    return `${name} has shape [${now.shape}], not [${before.shape}]`;
  const place = Array.from(before.data as ArrayLike<unknown>).findIndex(
    (element, index) => !Object.is(element, now.data[index]),
  );
  return place < 0
    ? null
    : `${name}[${place}] is ${now.data[place]}, not ${before.data[place]} as for the same rows before`;
}
