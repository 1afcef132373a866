// What must be true of every answer, whatever was asked.

import type { Answer, Sent } from '../conformance/case.ts';
import { leaksNothing } from '../conformance/expect.ts';
import { CANARY, type FuzzSubject } from './subject.ts';

/** Characters of an error; the client's own names may be repeated in it, its data not. */
const ERROR_CHARACTERS = 20_000;

/** What is wrong with the answer; empty when nothing is. */
export function faultsOf(sent: Sent, answer: Answer, subject: FuzzSubject): readonly string[] {
  const { status, headers, text, bytes } = answer;
  const faults: string[] = [];
  const mayNotBeReady = subject.notReady.some((name) => sent.path.includes(name));
  if (status >= 500 && !(status === 503 && mayNotBeReady))
    faults.push(`status ${status}: ${text.slice(0, 200)}`);
  if (status >= 300 && status < 400 && status !== 304) faults.push(`a redirect: ${status}`);
  if ((headers.get('x-request-id') ?? '') === '') faults.push('no x-request-id');
  if (sent.method === 'HEAD' && bytes.length > 0) faults.push('HEAD has a body');
  if (status >= 400 && sent.method !== 'HEAD') faults.push(...errorFaults(sent, answer));
  // A stream has begun with 200: what goes wrong in it is told in its lines.
  if ((status === 200 && /"status":5\d\d/.test(text)) || text.includes('the stream broke off'))
    faults.push(`an internal error in a stream: ${text.slice(-300)}`);
  return faults;
}

function errorFaults(sent: Sent, answer: Answer): readonly string[] {
  const { text, headers, status } = answer;
  // A range outside of the file has no body to explain it (RFC 9110 §15.5.17).
  if (status === 416 && text === '') return [];
  const form = formOf(sent.path);
  const faults: string[] = [];
  const type = headers.get('content-type');
  if (type !== form.contentType) faults.push(`an error of type ${type}, not ${form.contentType}`);
  const keys = keysOf(text);
  if (keys === null) faults.push(`an error that is no JSON object: ${text.slice(0, 200)}`);
  else if (
    !form.keys.every((key) => keys.includes(key)) ||
    keys.some((key) => !form.keys.includes(key) && !form.more.includes(key))
  )
    faults.push(`an error with the fields ${keys}`);
  const leak = leaksNothing(answer, null);
  if (leak !== null) faults.push(leak);
  if (text.includes(CANARY)) faults.push(`an error that repeats the data: ${text.slice(0, 200)}`);
  if (text.length > ERROR_CHARACTERS) faults.push(`an error of ${text.length} characters`);
  return faults;
}

interface Form {
  readonly contentType: string;
  readonly keys: readonly string[];
  readonly more: readonly string[];
}

const OIP: Form = { contentType: 'application/json', keys: ['error'], more: [] };
const MLFLOW: Form = { contentType: 'application/json', keys: ['error_code', 'message'], more: [] };
const PROBLEM: Form = {
  contentType: 'application/problem+json',
  keys: ['type', 'title', 'status', 'detail'],
  more: ['errors'],
};

/** Each door has its clients' form, wherever below it nothing is found. */
function formOf(path: string): Form {
  const { pathname } = new URL(path, 'http://host');
  const plain = decoded(pathname).replace(/\/$/, '');
  if (/^\/v2(\/|$)/.test(plain)) return OIP;
  if (/^\/api\/2\.0\/mlflow(?:-artifacts)?\//.test(plain)) return MLFLOW;
  if (/^\/(invocations|ping|health|version)$|^\/v1\/models\/[^/]+\/invocations$/.test(plain))
    return MLFLOW;
  return PROBLEM;
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

function keysOf(text: string): readonly string[] | null {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.keys(value)
      : null;
  } catch {
    return null;
  }
}
