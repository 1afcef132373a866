// Expectations that every door shares. Each answers what is wrong, or null.

import type { Answer, Expectation } from './case.ts';

type Anyone = Expectation<unknown>;

/** A stack trace, or the path of a source file. */
const LEAK = /\bat \S+ \(|\bat [^\s"]+:\d+:\d+|node_modules|\.(?:ts|js|py|cc|h):\d+/;

export const status =
  (...allowed: readonly number[]): Anyone =>
  ({ status: found, text }) =>
    allowed.includes(found)
      ? null
      : `status ${found}, not ${allowed.join(' or ')}: ${text.slice(0, 160)}`;

export const header =
  (name: string, value: string | RegExp | null): Anyone =>
  ({ headers }) => {
    const found = headers.get(name);
    const fits = value instanceof RegExp ? value.test(found ?? '') : found === value;
    return fits ? null : `${name} is ${found}, not ${value}`;
  };

/** The content type is exactly this, without a charset. */
export const contentType = (type: string): Anyone => header('content-type', type);

export const noBody: Anyone = ({ bytes }) =>
  bytes.length === 0 ? null : `a body of ${bytes.length} bytes`;

/** The body is JSON that has at least the given parts; a RegExp stands for a string it matches. */
export const has =
  (part: unknown): Anyone =>
  (answer) => {
    const [value, fault] = jsonOf(answer);
    return fault ?? difference(value, part, '');
  };

export const says =
  (words: string | RegExp): Anyone =>
  ({ text }) => {
    const found = typeof words === 'string' ? text.includes(words) : words.test(text);
    return found ? null : `the body does not say ${words}: ${text.slice(0, 160)}`;
  };

export const saysNothingOf =
  (secret: string): Anyone =>
  ({ text }) =>
    text.includes(secret) ? `the body says ${secret}: ${text.slice(0, 160)}` : null;

export const leaksNothing: Anyone = ({ text }) =>
  LEAK.test(text) ? `the body shows its insides: ${text.slice(0, 160)}` : null;

/** Every expectation at once; the first fault is told. */
export const all =
  <Subject>(...expectations: readonly Expectation<Subject>[]): Expectation<Subject> =>
  (answer, subject) => {
    for (const expectation of expectations) {
      const fault = expectation(answer, subject);
      if (fault !== null) return fault;
    }
    return null;
  };

export function jsonOf({ text }: Answer): readonly [value: unknown, fault: string | null] {
  try {
    return [JSON.parse(text) as unknown, null];
  } catch {
    return [null, `the body is not JSON: ${text.slice(0, 160)}`];
  }
}

/** Where `value` lacks a part of `expected`, or null. Lists have the same length; objects may have more. */
export function difference(value: unknown, expected: unknown, pointer: string): string | null {
  if (expected instanceof RegExp)
    return typeof value === 'string' && expected.test(value)
      ? null
      : `${pointer} is ${JSON.stringify(value)}, not ${expected}`;
  if (typeof expected !== 'object' || expected === null)
    return Object.is(value, expected)
      ? null
      : `${pointer} is ${JSON.stringify(value)}, not ${JSON.stringify(expected)}`;
  if (typeof value !== 'object' || value === null) return `${pointer} is no ${typeof expected}`;
  if (Array.isArray(expected) && (!Array.isArray(value) || value.length !== expected.length))
    return `${pointer} is ${JSON.stringify(value)}, not a list of ${expected.length}`;
  for (const [key, part] of Object.entries(expected)) {
    const found = difference((value as Record<string, unknown>)[key], part, `${pointer}/${key}`);
    if (found !== null) return found;
  }
  return null;
}
