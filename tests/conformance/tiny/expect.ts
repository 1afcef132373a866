// Errors in the form of each door.

import { all, contentType, has, leaksNothing, saysNothingOf, status } from '../expect.ts';
import type { Expectation } from '../case.ts';
import { SECRET } from './case.ts';

type Expect = Expectation<unknown>;

const discreet = all(leaksNothing, saysNothingOf(SECRET));

/** RFC 9457. `pointer` is the place of the first fault. */
export const problem = (code: number, type: string, pointer?: string): Expect =>
  all(
    status(code),
    contentType('application/problem+json'),
    discreet,
    has({ type: `/problems/${type}`, status: code, title: /./, detail: /./ }),
    pointer === undefined ? () => null : firstPointer(pointer),
  );

const firstPointer =
  (pointer: string): Expect =>
  ({ text }) => {
    const { errors } = JSON.parse(text) as { errors?: { pointer: string }[] };
    const found = errors?.[0]?.pointer;
    return found === pointer ? null : `the first fault is at ${found}, not ${pointer}`;
  };

/** MLflow's scoring server. */
export const mlflowError = (code: number, errorCode = 'BAD_REQUEST'): Expect =>
  all(
    status(code),
    contentType('application/json'),
    discreet,
    has({ error_code: errorCode, message: /./ }),
    ({ text }) => {
      const keys = Object.keys(JSON.parse(text) as object);
      return keys.length === 2 ? null : `an error has ${keys}`;
    },
  );

/** The Open Inference Protocol. */
export const oipError = (code: number): Expect =>
  all(status(code), contentType('application/json'), discreet, ({ text }) =>
    /^\{"error":".+"\}$/s.test(text) ? null : `an error is ${text.slice(0, 120)}`,
  );
