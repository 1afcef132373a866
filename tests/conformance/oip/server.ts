// Health and server metadata.

import { exchange, type Topic } from './case.ts';
import { all, has, jsonOf, noBody, status } from '../expect.ts';
import { answered, refused } from './expect.ts';
import type { Subject } from './subject.ts';

const alive = all<Subject>(answered, has({ live: true, ready: true }));

export const server: Topic = {
  topic: 'server',
  cases: [
    exchange(
      'live says both live and ready, as one client reads the one and one the other',
      { path: '/v2/health/live' },
      alive,
    ),
    exchange('ready says both live and ready', { path: '/v2/health/ready' }, alive),
    exchange('a query at live is ignored', { path: '/v2/health/live?probe=1' }, alive),
    exchange(
      'HEAD at live is 200 without a body',
      { path: '/v2/health/live', method: 'HEAD' },
      status(200),
      noBody,
    ),
    exchange(
      'HEAD at ready is 200 without a body',
      { path: '/v2/health/ready', method: 'HEAD' },
      status(200),
      noBody,
    ),
    exchange(
      'server metadata has a name, a version and extensions',
      { path: '/v2' },
      answered,
      has({ name: /./, version: /./ }),
      (answer) => {
        const [value] = jsonOf(answer);
        const { extensions } = (value ?? {}) as { extensions?: unknown };
        const isList =
          Array.isArray(extensions) && extensions.every((name) => typeof name === 'string');
        if (!isList) return 'extensions is no list of names';
        return new Set(extensions).size === extensions.length
          ? null
          : 'an extension is there twice';
      },
    ),
    exchange(
      'server metadata with a trailing slash is the same, and no redirect',
      { path: '/v2/' },
      answered,
      has({ name: /./, version: /./ }),
    ),
    exchange(
      'HEAD at server metadata is 200 without a body',
      { path: '/v2', method: 'HEAD' },
      status(200),
      noBody,
    ),
    exchange(
      'an unknown address is 404 in the protocol’s form',
      { path: '/v2/nothing/here' },
      refused(404),
    ),
    exchange('an unknown health address is 404', { path: '/v2/health/alive' }, refused(404)),
    exchange(
      'HEAD at an unknown address is 404 without a body',
      { path: '/v2/nothing', method: 'HEAD' },
      status(404),
      noBody,
    ),
    exchange(
      'POST at live is refused',
      { path: '/v2/health/live', method: 'POST' },
      refused(400, 404, 405),
    ),
    exchange(
      'DELETE at server metadata is refused',
      { path: '/v2', method: 'DELETE' },
      refused(400, 404, 405),
    ),
  ],
};
