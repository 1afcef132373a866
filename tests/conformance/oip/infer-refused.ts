// Inference requests that are wrong. Each is 400 in the protocol's form: never 500, never an answer to something else.

import { exchange, only, type Case, type Topic } from './case.ts';
import { joined, utf8 } from '../bytes.ts';
import { badRequest, refused, sameOutputs } from './expect.ts';
import { inferFirst, inferJson, inferText, modelPath } from './requests.ts';
import { ifHalf, unlessInputs } from './skips.ts';
import type { Subject } from './subject.ts';
import { flat } from './tensors.ts';

const whole = (s: Subject): string => JSON.stringify({ inputs: s.inputs.map(flat) });
const first = (s: Subject): Subject['inputs'][number] => s.inputs[0]!;

const text = (name: string, body: string | ((s: Subject) => string)): Case =>
  exchange(
    `${name} is 400`,
    (s) => inferText(s, typeof body === 'string' ? body : body(s)),
    badRequest,
  );

const request = (name: string, change: Readonly<Record<string, unknown>>): Case =>
  exchange(`${name} is 400`, (s) => inferJson(s, change), badRequest);

const input = (
  name: string,
  change: Readonly<Record<string, unknown>> | ((s: Subject) => Readonly<Record<string, unknown>>),
): Case =>
  exchange(
    `${name} is 400`,
    (s) => inferFirst(s, typeof change === 'function' ? change(s) : change),
    badRequest,
  );

const bodies: readonly Case[] = [
  exchange(
    'an empty body is 400',
    (s) => ({ path: modelPath(s, '/infer'), method: 'POST' }),
    badRequest,
  ),
  text('a body of white space', '  \n'),
  text('a body that is no JSON', 'inputs'),
  text('half a body', (s) => whole(s).slice(0, -5)),
  text('a body with something behind its JSON', (s) => `${whole(s)}x`),
  text('NaN as JSON', '{"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[NaN]}]}'),
  text('single quotes', (s) => whole(s).replaceAll('"', "'")),
  text('an empty object', '{}'),
  text('a list', '[]'),
  text('null', 'null'),
  text('a text', '"inputs"'),
  text('a number', '1'),
  text('a hundred thousand brackets', '['.repeat(100_000)),
  text('lists a hundred thousand deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`),
  text('objects ten thousand deep', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`),
  exchange(
    'bytes that are no UTF-8 are 400',
    (s) => ({
      path: modelPath(s, '/infer'),
      body: joined(utf8('{"id":"'), Uint8Array.of(0xff, 0xfe), utf8(`",${whole(s).slice(1)}`)),
    }),
    badRequest,
  ),
  exchange(
    'UTF-16 is 400',
    (s) => ({
      path: modelPath(s, '/infer'),
      body: Uint8Array.from(`\ufeff${whole(s)}`, (c) => c.charCodeAt(0) & 0xff),
    }),
    badRequest,
  ),
];

const requests: readonly Case[] = [
  request('no inputs at all', { inputs: undefined }),
  request('inputs that are null', { inputs: null }),
  request('inputs that are an object', { inputs: {} }),
  request('inputs that are a text', { inputs: 'x' }),
  request('an empty list of inputs', { inputs: [] }),
  request('an input that is null', { inputs: [null] }),
  request('an input that is a number', { inputs: [1] }),
  request('an input that is a list', { inputs: [[]] }),
  request('an id that is a number', { id: 7 }),
  request('an id that is an object', { id: {} }),
  request('parameters that are a list', { parameters: [1] }),
  request('a parameter that is an object', { parameters: { a: { b: 1 } } }),
  request('outputs that are an object', { outputs: {} }),
  request('outputs that are names', { outputs: ['x'] }),
  request('an output that nobody announced', { outputs: [{ name: 'no-such-output' }] }),
  request('an output without a name', { outputs: [{}] }),
  request('an output whose name is a number', { outputs: [{ name: 1 }] }),
  exchange(
    'an output asked for twice is 400, or answered once',
    (s) => inferJson(s, { outputs: [...s.outputs, s.outputs[0]!].map(({ name }) => ({ name })) }),
    (answer, s) => (answer.status === 200 ? sameOutputs()(answer, s) : badRequest(answer, s)),
  ),
  exchange(
    'an input that is there twice is 400',
    (s) => inferJson(s, { inputs: [...s.inputs, first(s)].map(flat) }),
    badRequest,
  ),
  exchange(
    'an input that nobody announced is 400',
    (s) =>
      inferJson(s, { inputs: [...s.inputs, { ...first(s), name: 'no-such-input' }].map(flat) }),
    badRequest,
  ),
  ...only(unlessInputs(2), [
    exchange(
      'an input that is missing is 400',
      (s) => inferJson(s, { inputs: s.inputs.slice(1).map(flat) }),
      badRequest,
    ),
    exchange(
      'inputs that disagree about the rows are 400',
      (s) =>
        inferFirst(s, {
          shape: [first(s).shape[0]! + 1, ...first(s).shape.slice(1)],
          data: [
            ...first(s).elements,
            ...first(s).elements.slice(0, first(s).elements.length / first(s).shape[0]!),
          ],
        }),
      badRequest,
    ),
  ]),
];

const tensors: readonly Case[] = [
  input('an input without a name', { name: undefined }),
  input('an input whose name is empty', { name: '' }),
  input('an input whose name is a number', { name: 1 }),
  input('an input without a shape', { shape: undefined }),
  input('a shape that is null', { shape: null }),
  input('a shape that is a number', { shape: 2 }),
  input('a shape of texts', (s) => ({ shape: first(s).shape.map(String) })),
  input('a negative size', (s) => ({ shape: [-1, ...first(s).shape.slice(1)] })),
  input('a fraction of a size', (s) => ({ shape: [1.5, ...first(s).shape.slice(1)] })),
  input('a size beyond all memory', (s) => ({ shape: [2 ** 53, ...first(s).shape.slice(1)] })),
  input('sizes whose product overflows 64 bits', { shape: [2 ** 32, 2 ** 32] }),
  input('a shape of a thousand dimensions', {
    shape: Array.from({ length: 1_000 }, () => 1),
    data: [1],
  }),
  input('a shape that is more than the data', (s) => ({
    shape: [first(s).shape[0]! + 1, ...first(s).shape.slice(1)],
  })),
  input('an input without a datatype', { datatype: undefined }),
  input('a datatype that does not exist', { datatype: 'FLOAT' }),
  input('a datatype in small letters', (s) => ({ datatype: first(s).datatype.toLowerCase() })),
  input('a datatype that is a number', { datatype: 1 }),
  input('a datatype that every object has', { datatype: 'constructor' }),
  input('an input without data', { data: undefined }),
  input('data that are null', { data: null }),
  input('data that are a text', { data: 'x' }),
  input('data that are an object', { data: { 0: 1 } }),
  input('too few elements', (s) => ({ data: first(s).elements.slice(1) })),
  input('too many elements', (s) => ({ data: [...first(s).elements, first(s).elements[0]] })),
  input('an element that is an object', (s) => ({ data: first(s).elements.map(() => ({})) })),
  input('ragged data', (s) => ({ data: [first(s).elements, [first(s).elements[0]]] })),
  input('data nested deeper than their shape', (s) => ({
    data: first(s).elements.map((element) => [[[[element]]]]),
  })),
  input('data that mix elements and lists', (s) => ({
    data: [first(s).elements[0], [first(s).elements[0]]],
  })),
  input('elements of another datatype', (s) => ({
    data: first(s).elements.map(() => (first(s).datatype === 'BYTES' ? 1 : 'x')),
  })),
  input('booleans where there are none', (s) => ({
    data: first(s).elements.map(() => (first(s).datatype === 'BOOL' ? 'x' : true)),
  })),
  input('FP16 in JSON', (s) => ({ datatype: 'FP16', data: first(s).elements.map(() => 1) })),
  input('an INT8 of 300', (s) => ({ datatype: 'INT8', data: first(s).elements.map(() => 300) })),
  input('a UINT64 below zero', (s) => ({
    datatype: 'UINT64',
    data: first(s).elements.map(() => -1),
  })),
  input('an INT32 with a fraction', (s) => ({
    datatype: 'INT32',
    data: first(s).elements.map(() => 0.5),
  })),
  input('parameters of an input that are a text', { parameters: 'x' }),
  exchange(
    'an INT64 of twenty digits is 400, not another number',
    (s) =>
      inferText(
        s,
        JSON.stringify({
          inputs: [
            { ...flat(first(s)), datatype: 'INT64', data: first(s).elements.map(() => 0) },
            ...s.inputs.slice(1).map(flat),
          ],
        }).replace('"data":[0', '"data":[9223372036854775808'),
      ),
    badRequest,
  ),
];

const codings: readonly Case[] = [
  exchange(
    'a body said to be gzip that is not is 400',
    (s) => ({ ...inferJson(s, {}), headers: { 'content-encoding': 'gzip' } }),
    refused(400),
  ),
  exchange(
    'a body said to be deflate that is not is 400',
    (s) => ({ ...inferJson(s, {}), headers: { 'content-encoding': 'deflate' } }),
    refused(400),
  ),
  exchange(
    'an unknown content coding is refused',
    (s) => ({ ...inferJson(s, {}), headers: { 'content-encoding': 'x-unknown' } }),
    refused(400, 415),
  ),
];

export const inferRefused: Topic = {
  topic: 'inference refused',
  cases: only(ifHalf, [...bodies, ...requests, ...tensors, ...codings]),
};
