// Metadata, readiness, versions, and the addresses of a model.

import { exchange, only, type Case, type Topic } from './case.ts';
import { all, has, jsonOf, noBody, status } from '../expect.ts';
import { answered, refused } from './expect.ts';
import { inferJson, modelPath } from './requests.ts';
import { unlessOffered } from './skips.ts';
import type { Subject } from './subject.ts';

const PLATFORM = /^[a-z0-9]+(?:_[a-z0-9]+)+$/;
const FAR = '999999999';

const described = all<Subject>(answered, (answer, { model }) => {
  const { name, inputs, outputs } = model;
  return has({ name, inputs, outputs })(answer, null);
});

const newest = ({ model }: Subject): string => `/versions/${model.versions.at(-1) ?? '1'}`;
const unversioned = ({ model }: Subject): string | null =>
  model.versions.length === 0 ? 'the model names no versions' : null;
const get = (path: string): { path: string } => ({ path });
const percentEncoded = (name: string): string =>
  Array.from(
    new TextEncoder().encode(name),
    (byte) => `%${byte.toString(16).padStart(2, '0')}`,
  ).join('');

const stranger = (rest: string): string => `/v2/models/no-such-model${rest}`;

const unknowns: readonly Case[] = [
  exchange('metadata of an unknown model is 404', get(stranger('')), refused(404)),
  exchange('readiness of an unknown model is 404', get(stranger('/ready')), refused(404)),
  exchange(
    'inference with an unknown model is 404',
    (subject) => ({ ...inferJson(subject, {}), path: stranger('/infer') }),
    refused(404),
  ),
  exchange(
    'metadata of an unknown version is 404',
    (s) => get(modelPath(s, `/versions/${FAR}`)),
    refused(404),
  ),
  exchange(
    'readiness of an unknown version is 404',
    (s) => get(modelPath(s, `/versions/${FAR}/ready`)),
    refused(404),
  ),
  exchange(
    'inference with an unknown version is 404',
    (s) => ({ ...inferJson(s, {}), path: modelPath(s, `/versions/${FAR}/infer`) }),
    refused(404),
  ),
  exchange(
    'a version that is no number and no alias is 404',
    (s) => get(modelPath(s, '/versions/no_such_version')),
    refused(400, 404),
  ),
  exchange('version 0 is 404', (s) => get(modelPath(s, '/versions/0')), refused(404)),
  exchange(
    'a negative version is refused',
    (s) => get(modelPath(s, '/versions/-1')),
    refused(400, 404),
  ),
  exchange(
    'a version of a hundred digits is refused',
    (s) => get(modelPath(s, `/versions/${'9'.repeat(100)}`)),
    refused(400, 404),
  ),
  exchange(
    'a name of a thousand characters is 404',
    get(`/v2/models/${'x'.repeat(1_000)}`),
    refused(404, 414),
  ),
  exchange(
    'a name that climbs out of its folder is 404',
    get('/v2/models/..%2f..%2fetc%2fpasswd'),
    refused(400, 404),
  ),
  exchange('a name with a null byte is 404', get('/v2/models/x%00y'), refused(400, 404)),
  exchange(
    'a name that is broken percent-encoding is refused',
    get('/v2/models/%ff%zz'),
    refused(400, 404),
  ),
  exchange(
    'an unknown address below a model is 404',
    (s) => get(modelPath(s, '/nothing')),
    refused(404),
  ),
];

const methods: readonly Case[] = [
  exchange('GET at infer is refused', (s) => get(modelPath(s, '/infer')), refused(400, 404, 405)),
  exchange(
    'PUT at infer is refused',
    (s) => ({ ...inferJson(s, {}), method: 'PUT' }),
    refused(400, 404, 405),
  ),
  exchange(
    'HEAD at infer is refused without a body',
    (s) => ({ path: modelPath(s, '/infer'), method: 'HEAD' }),
    status(400, 404, 405),
    noBody,
  ),
  exchange(
    'POST at metadata is refused',
    (s) => ({ path: modelPath(s), method: 'POST' }),
    refused(400, 404, 405),
  ),
  exchange(
    'DELETE at a model is refused',
    (s) => ({ path: modelPath(s), method: 'DELETE' }),
    refused(400, 404, 405),
  ),
];

export const models: Topic = {
  topic: 'models',
  cases: [
    exchange(
      'metadata names the model, its versions and its platform',
      (s) => get(modelPath(s)),
      described,
      has({ platform: PLATFORM }),
      (answer) => {
        const { versions } = (jsonOf(answer)[0] ?? {}) as { versions?: unknown };
        const fine =
          versions === undefined ||
          (Array.isArray(versions) &&
            versions.every((v) => /^[0-9]+$/.test(String(v)) && typeof v === 'string'));
        return fine ? null : 'versions are not texts of digits';
      },
    ),
    exchange(
      'names of inputs and of outputs are unique',
      (s) => get(modelPath(s)),
      (_, { model }) => {
        const names = [...model.inputs, ...model.outputs].map(({ name }) => name);
        return names.every((name) => name !== '') &&
          new Set(model.inputs.map(({ name }) => name)).size === model.inputs.length &&
          new Set(model.outputs.map(({ name }) => name)).size === model.outputs.length
          ? null
          : `names: ${names}`;
      },
    ),
    exchange('a trailing slash is no redirect', (s) => get(`${modelPath(s)}/`), status(200, 404)),
    exchange(
      'HEAD at metadata is 200 without a body',
      (s) => ({ path: modelPath(s), method: 'HEAD' }),
      status(200),
      noBody,
    ),
    exchange(
      'a name with every character percent-encoded is the same name',
      (s) => get(`/v2/models/${percentEncoded(s.model.name)}`),
      described,
    ),
    exchange('a query is ignored', (s) => get(`${modelPath(s)}?x=1`), described),
    exchange('the model is ready', (s) => get(modelPath(s, '/ready')), status(200)),
    ...only(unversioned, [
      exchange('a version has metadata of its own', (s) => get(modelPath(s, newest(s))), described),
      exchange('a version is ready', (s) => get(modelPath(s, `${newest(s)}/ready`)), status(200)),
      exchange(
        'a version answers, and says that it did',
        (s) => ({ ...inferJson(s, {}), path: modelPath(s, `${newest(s)}/infer`) }),
        answered,
        (answer, { model }) => has({ model_version: model.versions.at(-1) })(answer, null),
      ),
    ]),
    ...unknowns,
    ...methods,
    ...only(unlessOffered('list', 'list of models'), [
      exchange(
        'the list of models names this one',
        get('/v2/models'),
        answered,
        (answer, { model }) => {
          const { models: names } = (jsonOf(answer)[0] ?? {}) as { models?: readonly unknown[] };
          return names?.includes(model.name) === true ? null : `${model.name} is not listed`;
        },
      ),
      exchange(
        'POST at the list is refused',
        { path: '/v2/models', method: 'POST' },
        refused(400, 404, 405),
      ),
    ]),
  ],
};
