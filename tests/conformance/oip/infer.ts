// Inference in JSON: every way of saying the same gives the same outputs.

import type { Answer } from '../case.ts';
import { exchange, only, type Case, type Topic } from './case.ts';
import { packed, utf8 } from '../bytes.ts';
import { contentType, has, header, jsonOf } from '../expect.ts';
import { answered, outputDifference, sameOutputs } from './expect.ts';
import { inferFirst, inferJson, inferText, LENGTH, modelPath, postJson } from './requests.ts';
import { ifHalf, unlessInputs, unlessOutputs, unlessRows } from './skips.ts';
import { tensorsOf, type Subject } from './subject.ts';
import { createTensors, flat, nested, type Tensor } from './tensors.ts';

const same = sameOutputs();
const whole = (s: Subject): string => JSON.stringify({ inputs: s.inputs.map(flat) });
const withHeaders = (headers: Readonly<Record<string, string>>) => (s: Subject) =>
  postJson(modelPath(s, '/infer'), { inputs: s.inputs.map(flat) }, headers);

const idIs = (id: string): Case =>
  exchange(
    `the id ${JSON.stringify(id)} comes back`,
    (s) => inferJson(s, { id }),
    same,
    has({ id }),
  );

const announced: Case = exchange(
  'all announced outputs are answered when none is asked for',
  (s) => inferJson(s, {}),
  answered,
  (answer, { model }) => {
    const found = tensorsOf(answer);
    for (const { name, datatype, shape } of model.outputs) {
      const output = found.find((one) => one.name === name);
      if (output === undefined) return `${name} is missing`;
      if (output.datatype !== datatype)
        return `${name} is ${output.datatype}, announced as ${datatype}`;
      const fits =
        output.shape.length === shape.length &&
        shape.every((size, axis) => size === -1 || size === output.shape[axis]);
      if (!fits) return `${name} has shape [${output.shape}], announced as [${shape}]`;
    }
    return found.length === model.outputs.length
      ? null
      : `${found.length} outputs, ${model.outputs.length} announced`;
  },
);

const eachAlone: Case = {
  name: 'each output can be asked for alone',
  async check(ask, subject) {
    const faults = [];
    for (const { name } of subject.outputs) {
      const answer = await ask(inferJson(subject, { outputs: [{ name }] }));
      faults.push(sameOutputs(() => [name])(answer, subject));
    }
    return faults.filter((fault) => fault !== null);
  },
};

/** Rows of the tensors from `from` on, `count` of them. */
const rowsOf = (tensors: readonly Tensor[], from: number, count: number): readonly Tensor[] =>
  tensors.map((tensor) => {
    const width = tensor.elements.length / tensor.shape[0]!;
    const elements = tensor.elements.slice(from * width, (from + count) * width);
    return { ...tensor, shape: [count, ...tensor.shape.slice(1)], elements };
  });

const rowsAlone: Case = {
  name: 'a batch answers each row as if it had been alone',
  async check(ask, subject) {
    const batch = createTensors(subject.model.inputs, 5);
    const answer = await ask(inferJson(subject, { inputs: batch.map(flat) }));
    const outputs = tensorsOf(answer);
    const faults: (string | null)[] = [];
    for (let row = 0; row < 5; row++) {
      const alone = await ask(inferJson(subject, { inputs: rowsOf(batch, row, 1).map(flat) }));
      tensorsOf(alone).forEach((now, index) => {
        const { data, shape } = outputs[index]!;
        const width = data.length / 5;
        const part = data.slice(row * width, (row + 1) * width);
        const before = { ...now, shape: [1, ...shape.slice(1)], data: part } as typeof now;
        faults.push(outputDifference(before, now));
      });
    }
    return faults.filter((fault) => fault !== null);
  },
};

const twoIds: Case = {
  name: 'two requests without an id are given two',
  async check(ask, subject) {
    const [one, other] = [await ask(inferJson(subject, {})), await ask(inferJson(subject, {}))];
    const idOf = ({ text }: Answer): unknown => (JSON.parse(text) as { id?: unknown }).id;
    return idOf(one) === idOf(other) ? [`both have the id ${String(idOf(one))}`] : [];
  },
};

const answeredFully: readonly Case[] = [
  announced,
  exchange(
    'the answer names the model, a version and an id',
    (s) => inferJson(s, {}),
    has({ model_name: /./, model_version: /^[0-9]+$/, id: /./ }),
    (answer, { model }) => has({ model_name: model.name })(answer, null),
  ),
  twoIds,
  idIs('mine'),
  idIs('ä"\\ \u2028😀'),
  exchange(
    'an answer in JSON has no length of its JSON',
    (s) => inferJson(s, {}),
    contentType('application/json'),
    header(LENGTH, null),
  ),
  exchange('the same rows give the same outputs again', (s) => inferJson(s, {}), same),
  ...only(unlessRows, [rowsAlone]),
];

const forms: readonly Case[] = [
  exchange(
    'data nested as the shape says are the same as flat ones',
    (s) => inferJson(s, { inputs: s.inputs.map(nested) }),
    same,
  ),
  exchange(
    'inputs in another order are the same',
    (s) => inferJson(s, { inputs: s.inputs.map(flat).toReversed() }),
    same,
  ),
  exchange('an empty list of outputs means all', (s) => inferJson(s, { outputs: [] }), same),
  exchange(
    'parameters of the request that nobody knows are ignored',
    (s) => inferJson(s, { parameters: { a: 'x', b: 1.5, c: false } }),
    same,
  ),
  exchange(
    'parameters of an input that nobody knows are ignored',
    (s) => inferFirst(s, { parameters: { content_type: 'np' } }),
    same,
  ),
  exchange(
    'fields of the request that nobody knows are ignored',
    (s) => inferJson(s, { colour: 'red', nested: { a: [1] } }),
    same,
  ),
  exchange(
    'fields of an input that nobody knows are ignored',
    (s) => inferFirst(s, { colour: 'red' }),
    same,
  ),
  exchange(
    'fields of an output that nobody knows are ignored',
    (s) => inferJson(s, { outputs: s.outputs.map(({ name }) => ({ name, colour: 'red' })) }),
    same,
  ),
  exchange(
    'white space around JSON is nothing',
    (s) => inferText(s, ` \r\n\t${JSON.stringify(JSON.parse(whole(s)), null, 3)}\n`),
    same,
  ),
  exchange(
    'JSON with escaped names is the same',
    (s) =>
      inferText(
        s,
        whole(s).replace('"inputs"', '"\\u0069nputs"').replace('"name"', '"n\\u0061me"'),
      ),
    same,
  ),
  exchange(
    'the last of two equal keys counts, or they are refused',
    (s) => inferText(s, whole(s).replace('{', '{"inputs":0,')),
    (answer, s) => (answer.status === 400 ? null : same(answer, s)),
  ),
  exchange(
    '"__proto__" is a field like another',
    (s) => inferText(s, whole(s).replace('{', '{"__proto__":{"outputs":[{"name":"x"}],"id":3},')),
    same,
  ),
  eachAlone,
  ...only(unlessOutputs(2), [
    exchange(
      'outputs in another order are answered',
      (s) => inferJson(s, { outputs: s.outputs.map(({ name }) => ({ name })).toReversed() }),
      same,
    ),
  ]),
  ...only(unlessInputs(2), [
    exchange(
      'one input nested and the others flat is the same',
      (s) =>
        inferJson(s, {
          inputs: s.inputs.map((tensor, index) => (index === 0 ? nested(tensor) : flat(tensor))),
        }),
      same,
    ),
  ]),
];

const transport: readonly Case[] = [
  exchange('no Content-Type at all is JSON', withHeaders({}), same),
  exchange(
    'application/json with a charset is JSON',
    withHeaders({ 'content-type': 'application/json; charset=utf-8' }),
    same,
  ),
  exchange(
    'the type that curl -d sends is JSON',
    withHeaders({ 'content-type': 'application/x-www-form-urlencoded' }),
    same,
  ),
  exchange('text/plain is JSON', withHeaders({ 'content-type': 'text/plain' }), same),
  exchange(
    'a client that accepts other types gets JSON',
    withHeaders({ accept: 'text/html' }),
    answered,
    same,
  ),
  exchange(
    'a length of the JSON that is the whole body changes nothing',
    (s) => ({ ...withHeaders({ [LENGTH]: String(utf8(whole(s)).length) })(s) }),
    same,
  ),
  exchange(
    'a body without a Content-Length is read',
    (s) => ({ ...inferJson(s, {}), chunked: true }),
    same,
  ),
  exchange(
    'a body packed with gzip is read',
    async (s) => ({
      path: modelPath(s, '/infer'),
      headers: { 'content-encoding': 'gzip' },
      body: await packed(utf8(whole(s)), 'gzip'),
    }),
    same,
  ),
  exchange(
    'a body packed with deflate is read',
    async (s) => ({
      path: modelPath(s, '/infer'),
      headers: { 'content-encoding': 'deflate' },
      body: await packed(utf8(whole(s)), 'deflate'),
    }),
    same,
  ),
  exchange(
    'gzip in capitals is gzip',
    async (s) => ({
      path: modelPath(s, '/infer'),
      headers: { 'content-encoding': 'GZIP' },
      body: await packed(utf8(whole(s)), 'gzip'),
    }),
    same,
  ),
  exchange('identity is no packing', withHeaders({ 'content-encoding': 'identity' }), same),
  exchange(
    'success is 200 exactly, with no redirect',
    (s) => inferJson(s, {}),
    answered,
    header('location', null),
    (answer) => jsonOf(answer)[1],
  ),
];

export const infer: Topic = {
  topic: 'inference in JSON',
  cases: only(ifHalf, [...answeredFully, ...forms, ...transport]),
};
