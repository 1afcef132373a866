// `wrangler dev` stands between a client and workerd. Now and then it loses a kept-alive connection to workerd, which closes
// one whose body nobody read to its end, and answers 500 by itself. Such a request has not been answered by the Worker: it is
// asked once more, and counted.

import type { Ask } from '../tests/conformance/case.ts';

const LOST = 'Error: Network connection lost.';

export interface PastTheProxy {
  readonly ask: Ask;
  /** Requests that were asked twice. */
  lost(): number;
}

export function pastTheProxy(ask: Ask): PastTheProxy {
  let lost = 0;
  return {
    lost: () => lost,
    async ask(sent) {
      const answer = await ask(sent);
      const isTheProxys =
        answer.status === 500 && !answer.headers.has('x-request-id') && answer.text === LOST;
      if (!isTheProxys) return answer;
      lost++;
      return ask(sent);
    },
  };
}
