// The classification extension: the best classes of each row, as texts of "value:index[:label]".

import type { Expectation } from '../case.ts';
import { exchange, only, type Case, type Topic } from './case.ts';
import { all, contentType, status } from '../expect.ts';
import { answered, badRequest } from './expect.ts';
import { inferJson } from './requests.ts';
import { ifHalf, unlessExtension } from './skips.ts';
import { tensorsOf, type Subject } from './subject.ts';

/** The output that has a value for each class. */
const scores = ({ outputs }: Subject): Subject['outputs'][number] | undefined =>
  outputs.find(
    ({ datatype, shape }) => /^FP/.test(datatype) && shape.length > 1 && shape.at(-1)! > 1,
  );

const unlessScores = (s: Subject): string | null =>
  scores(s) === undefined ? 'no output has a value for each class' : null;

const width = (s: Subject): number => scores(s)!.shape.at(-1)!;

const ask = (
  s: Subject,
  classification: unknown,
  parameters: object = {},
): ReturnType<typeof inferJson> =>
  inferJson(s, {
    outputs: [{ name: scores(s)!.name, parameters: { classification, ...parameters } }],
  });

const ENTRY = /^([^:]+):([0-9]+)(?::(.*))?$/s;

/** `count` entries a row, each naming the value that is at its index, best first. */
const bestOf =
  (count: (s: Subject) => number): Expectation<Subject> =>
  (answer, subject) => {
    const [output] = tensorsOf(answer);
    const { name, data, shape } = scores(subject)!;
    if (output?.name !== name) return `output ${name} is missing`;
    if (output.datatype !== 'BYTES') return `it is ${output.datatype}, not BYTES`;
    const classes = width(subject);
    const wanted = [...shape.slice(0, -1), count(subject)];
    if (String(output.shape) !== String(wanted)) return `shape [${output.shape}], not [${wanted}]`;
    for (const [place, entry] of output.data.entries()) {
      const [, value, index] = ENTRY.exec(entry) ?? [];
      if (value === undefined) return `${entry} is not value:index[:label]`;
      const row = Math.floor(place / count(subject));
      const real = Number(data[row * classes + Number(index)]);
      if (Math.fround(Number(value)) !== Math.fround(real))
        return `${entry}, but the value at ${index} is ${real}`;
      const before = place % count(subject) === 0 ? null : output.data[place - 1];
      if (before !== null && Number.parseFloat(before!) < Number(value))
        return `${before} is before ${entry}`;
    }
    return null;
  };

const cases: readonly Case[] = [
  exchange(
    'the best class of each row',
    (s) => ask(s, 1),
    answered,
    bestOf(() => 1),
  ),
  exchange('all classes, best first', (s) => ask(s, width(s)), answered, bestOf(width)),
  exchange(
    'more classes than there are are all of them',
    (s) => ask(s, 1_000),
    answered,
    bestOf(width),
  ),
  exchange(
    'classes in bytes',
    (s) => ask(s, 2, { binary_data: true }),
    all(status(200), contentType('application/octet-stream')),
    bestOf((s) => Math.min(2, width(s))),
  ),
  exchange('a negative number of classes is 400', (s) => ask(s, -1), badRequest),
  exchange('a fractional number of classes is 400', (s) => ask(s, 1.5), badRequest),
  exchange('a number of classes that is a text is 400', (s) => ask(s, '2'), badRequest),
  exchange(
    'a number of classes beyond 2^53 is 400, or all of them',
    (s) => ask(s, 2 ** 60),
    (answer, s) => (answer.status === 200 ? bestOf(width)(answer, s) : badRequest(answer, s)),
  ),
];

export const classification: Topic = {
  topic: 'classification',
  cases: only(
    (s: Subject) => unlessExtension('classification')(s) ?? ifHalf(s) ?? unlessScores(s),
    cases,
  ),
};
