// The request of a seed and a number: always the same one, so that a failure can be repeated by its number alone.

import { createRandom, type Random } from '../../trainer/table/random.ts';
import { joined, utf8 } from '../conformance/bytes.ts';
import type { Sent } from '../conformance/case.ts';
import type { FuzzSubject } from './subject.ts';
import { corpus, JSON_LENGTH, LENGTH, type Draft, type Seed } from './corpus.ts';
import { mutatedJson } from './json-tree.ts';
import { mutatedHeaders, mutatedMethod, mutatedPath } from './mutate-address.ts';
import { mutatedBytes, underCoding } from './mutate-bytes.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export async function fuzzedRequest(
  seed: number,
  index: number,
  subject: FuzzSubject,
): Promise<Sent> {
  const random = createRandom(seed, String(index));
  const chance = (share: number): boolean => random.next() < share;
  // Addresses without a body are half of the corpus, and say little.
  const isReading = chance(0.2);
  const seeds = corpus(subject).filter(({ body }) => (body.kind === 'none') === isReading);
  const from = seeds[random.below(seeds.length)]!;

  const method = chance(0.06) ? mutatedMethod(random) : from.method;
  const path = chance(0.15) ? mutatedPath(from.path, subject, random) : from.path;
  const changes = chance(0.7) ? 1 + random.below(4) : 0;
  const drafted = writeBody(from.body, changes, random);
  let body = drafted.body;
  if (chance(0.2)) body = mutatedBytes(body, random);
  // As tritonclient says it; after the mutations, so that most of them reach behind the length.
  let headers = withLength(from.headers, drafted.jsonLength);
  if (chance(0.15)) {
    const { bytes, coding } = await underCoding(body, random);
    body = bytes;
    headers = { ...headers, 'content-encoding': coding };
  }
  for (let change = chance(0.25) ? 1 + random.below(3) : 0; change > 0; change--)
    headers = mutatedHeaders(headers, random);
  const sent = { method, path, headers };
  if (method === 'GET' || method === 'HEAD' || from.body.kind === 'none') return sent;
  return { ...sent, body, chunked: chance(0.1) };
}

/** The request of a seed as it is, without a change. */
export function plainRequest({ method, path, headers, body }: Seed): Sent {
  const { body: bytes, jsonLength } = writeBody(body, 0, createRandom(0, ''));
  const sent = { method, path, headers: withLength(headers, jsonLength) };
  return body.kind === 'none' ? sent : { ...sent, body: bytes };
}

function withLength(headers: Seed['headers'], jsonLength: number): Record<string, string> {
  return headers[LENGTH] === JSON_LENGTH
    ? { ...headers, [LENGTH]: String(jsonLength) }
    : { ...headers };
}

function writeBody(
  draft: Draft,
  changes: number,
  random: Random,
): { readonly body: Bytes; readonly jsonLength: number } {
  switch (draft.kind) {
    case 'none':
      return { body: new Uint8Array(), jsonLength: 0 };
    case 'bytes':
      return { body: joined(draft.bytes), jsonLength: 0 };
    case 'text':
      return {
        body: utf8(changes === 0 ? draft.text : mutatedText(draft.text, random)),
        jsonLength: 0,
      };
    case 'lines': {
      const changed = random.below(draft.values.length);
      const lines = draft.values.map((value, index) =>
        index === changed ? mutatedJson(value, changes, random) : JSON.stringify(value),
      );
      return { body: utf8(lines.join('\n')), jsonLength: 0 };
    }
    case 'json': {
      const json = utf8(mutatedJson(draft.value, changes, random));
      return { body: joined(json, ...(draft.tails ?? [])), jsonLength: json.length };
    }
  }
}

const TOKENS = [
  '"',
  '""',
  ',',
  ',,',
  '\n',
  '\r',
  '\r\n',
  ';',
  '\t',
  ' ',
  '\0',
  'NaN',
  '1e999',
  '-',
  '𝟙',
  'x'.repeat(5_000),
  '"\n"',
];

/** CSV with a token in the midst of it. */
function mutatedText(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const skipped = random.below(3);
  return `${text.slice(0, at)}${TOKENS[random.below(TOKENS.length)]!}${text.slice(at + skipped)}`;
}
