// What a conformance case is: one or more requests, and what must be true of the answers. Cases know nothing of test
// runners: the same ones are run in workerd by a test, and against any server by `npm run conformance`.

export interface Sent {
  readonly method?: string;
  /** From the root, `/v2/…`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
  /** Sent as a stream, without a Content-Length. */
  readonly chunked?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  readonly text: string;
}

export type Ask = (sent: Sent) => Promise<Answer>;

/** Says what is wrong, or null. */
export type Expectation<Subject> = (answer: Answer, subject: Subject) => string | null;

export interface Case<Subject> {
  /** A sentence about behaviour. */
  readonly name: string;
  /** Why it cannot be asked of this server; null when it can. */
  skip?(subject: Subject): string | null;
  /** What is wrong; empty when nothing is. */
  check(ask: Ask, subject: Subject): Promise<readonly string[]>;
}

export interface Topic<Subject> {
  readonly topic: string;
  readonly cases: readonly Case<Subject>[];
}

/** The common case: one request, and expectations of its answer. */
export function exchange<Subject>(
  name: string,
  send: Sent | ((subject: Subject) => Sent | Promise<Sent>),
  ...expectations: readonly Expectation<Subject>[]
): Case<Subject> {
  return {
    name,
    async check(ask, subject) {
      const answer = await ask(typeof send === 'function' ? await send(subject) : send);
      return expectations
        .map((expectation) => expectation(answer, subject))
        .filter((fault) => fault !== null);
    },
  };
}

/** The same cases, asked only of those servers of which `skip` says nothing. */
export const only = <Subject>(
  skip: (subject: Subject) => string | null,
  cases: readonly Case<Subject>[],
): readonly Case<Subject>[] =>
  cases.map((one) => ({
    ...one,
    skip: (subject) => skip(subject) ?? one.skip?.(subject) ?? null,
  }));
