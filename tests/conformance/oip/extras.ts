// Extensions around a model: repository index, statistics, configuration.

import { exchange, only, type Case, type Topic } from './case.ts';
import { json, utf8 } from '../bytes.ts';
import { has, jsonOf } from '../expect.ts';
import { answered, badRequest, refused } from './expect.ts';
import { inferJson, modelPath } from './requests.ts';
import { unlessOffered } from './skips.ts';
import type { Subject } from './subject.ts';

const INDEX = '/v2/repository/index';

const listsTheModel = (answer: Parameters<typeof jsonOf>[0], { model }: Subject): string | null => {
  const [value] = jsonOf(answer);
  const entries = Array.isArray(value) ? (value as Record<string, unknown>[]) : [];
  return entries.some(({ name }) => name === model.name)
    ? null
    : `${model.name} is not in the index`;
};

interface Counts {
  readonly model_stats: readonly { readonly inference_count: number | string }[];
}

/** Counts are of one server or isolate: a fleet behind one address may fail here, and rightly. */
const statisticsCount: Case = {
  name: 'statistics count the rows of an inference',
  async check(ask, subject) {
    const count = async (): Promise<number> => {
      const { text } = await ask({ path: modelPath(subject, '/stats') });
      return Number((JSON.parse(text) as Counts).model_stats[0]?.inference_count);
    };
    const before = await count();
    await ask(inferJson(subject, {}));
    const after = await count();
    return after > before ? [] : [`inference_count was ${before} and is ${after}`];
  },
};

export const extras: Topic = {
  topic: 'repository, statistics, configuration',
  cases: [
    ...only(unlessOffered('index', 'repository index'), [
      exchange(
        'the index lists the model, asked with an empty object',
        { path: INDEX, body: json({}) },
        answered,
        listsTheModel,
      ),
      exchange(
        'the index lists the model, asked with nothing',
        { path: INDEX, method: 'POST' },
        answered,
        listsTheModel,
      ),
      exchange(
        'the index of ready models lists the model',
        { path: INDEX, body: json({ ready: true }) },
        answered,
        listsTheModel,
      ),
      exchange(
        'the index ignores fields it does not know',
        { path: INDEX, body: json({ colour: 1 }) },
        answered,
        listsTheModel,
      ),
      exchange(
        'ready that is no boolean is refused',
        { path: INDEX, body: json({ ready: 'yes' }) },
        badRequest,
      ),
      exchange(
        'an index request that is a list is refused',
        { path: INDEX, body: json([]) },
        badRequest,
      ),
      exchange(
        'an index request that is no JSON is refused',
        { path: INDEX, body: utf8('{') },
        badRequest,
      ),
      exchange('GET at the index is refused', { path: INDEX }, refused(400, 404, 405)),
    ]),
    ...only(unlessOffered('stats', 'statistics'), [
      exchange(
        'statistics name the model',
        (s) => ({ path: modelPath(s, '/stats') }),
        answered,
        (answer, { model }) => has({ name: model.name })(firstOf(answer), null),
      ),
      statisticsCount,
      exchange(
        'statistics of an unknown model are 404',
        { path: '/v2/models/no-such-model/stats' },
        refused(404),
      ),
    ]),
    ...only(unlessOffered('config', 'configuration'), [
      exchange(
        'the configuration names the model',
        (s) => ({ path: modelPath(s, '/config') }),
        answered,
        (answer, { model }) => has({ name: model.name })(answer, null),
      ),
      exchange(
        'the configuration of an unknown model is 404',
        { path: '/v2/models/no-such-model/config' },
        refused(404),
      ),
    ]),
  ],
};

function firstOf(answer: Parameters<typeof jsonOf>[0]): typeof answer {
  const { model_stats: stats = [] } = (jsonOf(answer)[0] ?? {}) as {
    model_stats?: readonly unknown[];
  };
  return { ...answer, text: JSON.stringify(stats[0]) };
}
