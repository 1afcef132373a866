// The binary tensor data extension: tensors as bytes behind the JSON, in both directions.

import type { Answer } from '../case.ts';
import { exchange, only, type Case, type Topic } from './case.ts';
import { packed, utf8 } from '../bytes.ts';
import { all, contentType, header, status } from '../expect.ts';
import { answered, badRequest, sameOutputs } from './expect.ts';
import { inferBinary, inferJson, LENGTH, withHeaders, withTails } from './requests.ts';
import { ifHalf, unlessBinary, unlessInputs, unlessOutputs } from './skips.ts';
import type { Subject } from './subject.ts';
import { bytesOf, withoutData } from './tensors.ts';

const same = sameOutputs();

/** JSON of the answer's head, with which outputs it sends as bytes. */
function binaryNames({ headers, bytes }: Answer): readonly string[] {
  const length = Number(headers.get(LENGTH) ?? bytes.length);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, length))) as {
    outputs: readonly {
      name: string;
      data?: unknown;
      parameters?: { binary_data_size?: number };
    }[];
  };
  return head.outputs
    .filter(
      ({ data, parameters }) => data === undefined && parameters?.binary_data_size !== undefined,
    )
    .map(({ name }) => name);
}

const inBytes =
  (names: (s: Subject) => readonly string[]) =>
  (answer: Answer, s: Subject): string | null => {
    const [found, wanted] = [binaryNames(answer).toSorted(), [...names(s)].toSorted()];
    return String(found) === String(wanted) ? null : `in bytes are ${found}, not ${wanted}`;
  };

const names = (s: Subject): readonly string[] => s.outputs.map(({ name }) => name);
const firstName = (s: Subject): readonly string[] => names(s).slice(0, 1);
const otherNames = (s: Subject): readonly string[] => names(s).slice(1);
const octets = all<Subject>(
  status(200),
  contentType('application/octet-stream'),
  header(LENGTH, /^[0-9]+$/),
);

const allOut = { parameters: { binary_data_output: true } };
/** Only the first output says something of its own. */
const firstSays = (s: Subject, binary: boolean): object[] =>
  names(s).map((name, index) =>
    index === 0 ? { name, parameters: { binary_data: binary } } : { name },
  );

const inputsInBytes: readonly Case[] = [
  exchange('all inputs in bytes, without a Content-Type', (s) => inferBinary(s, {}), same),
  exchange(
    'all inputs in bytes, as application/octet-stream',
    (s) => withHeaders(inferBinary(s, {}), { 'content-type': 'application/octet-stream' }),
    same,
  ),
  exchange(
    'all inputs in bytes, as application/json',
    (s) => withHeaders(inferBinary(s, {}), { 'content-type': 'application/json' }),
    same,
  ),
  exchange(
    'inputs in bytes are answered in JSON when nothing else is asked for',
    (s) => inferBinary(s, {}),
    answered,
    header(LENGTH, null),
  ),
  exchange(
    'a body packed with gzip, its length said before packing',
    async (s) => {
      const sent = inferBinary(s, {});
      return {
        ...withHeaders(sent, { 'content-encoding': 'gzip' }),
        body: await packed(sent.body!, 'gzip'),
      };
    },
    same,
  ),
  exchange(
    'a body packed with deflate',
    async (s) => {
      const sent = inferBinary(s, {});
      return {
        ...withHeaders(sent, { 'content-encoding': 'deflate' }),
        body: await packed(sent.body!, 'deflate'),
      };
    },
    same,
  ),
  exchange(
    'a body without a Content-Length',
    (s) => ({ ...inferBinary(s, {}), chunked: true }),
    same,
  ),
  ...[1, 2, 3].map((spaces) =>
    exchange(
      `bytes that start ${spaces} off a multiple of four`,
      (s) => {
        const tails = s.inputs.map(bytesOf);
        const request = {
          inputs: s.inputs.map((tensor, index) => ({
            ...withoutData(tensor),
            parameters: { binary_data_size: tails[index]!.length },
          })),
        };
        const length = utf8(JSON.stringify(request)).length;
        return withTails(s, request, tails, ((4 - (length % 4)) % 4) + spaces);
      },
      same,
    ),
  ),
  ...only(
    (s) => unlessInputs(2)(s) ?? ifHalf(s),
    [
      exchange(
        'the first input in bytes, the others in JSON',
        (s) => inferBinary(s, {}, (index) => index === 0),
        same,
      ),
      exchange(
        'the first input in JSON, the others in bytes',
        (s) => inferBinary(s, {}, (index) => index > 0),
        same,
      ),
      exchange(
        'bytes come in the order of the JSON, not of the metadata',
        (s) => {
          const reversed = s.inputs.toReversed();
          return inferBinary({ model: s.model, inputs: reversed }, {});
        },
        same,
      ),
    ],
  ),
];

const outputsInBytes: readonly Case[] = [
  exchange(
    'all outputs in bytes, by one parameter',
    (s) => inferBinary(s, allOut),
    octets,
    same,
    inBytes(names),
  ),
  ...only(ifHalf, [
    exchange('JSON in, bytes out', (s) => inferJson(s, allOut), octets, same, inBytes(names)),
    exchange(
      'no bytes out, said in so many words',
      (s) => inferJson(s, { parameters: { binary_data_output: false } }),
      answered,
      same,
      inBytes(() => []),
    ),
  ]),
  exchange(
    'one output in bytes, by its own parameter',
    (s) => inferBinary(s, { outputs: firstSays(s, true) }),
    octets,
    same,
    inBytes(firstName),
  ),
  exchange(
    'what an output says of itself wins over what is said of all',
    (s) => inferBinary(s, { ...allOut, outputs: firstSays(s, false) }),
    same,
    inBytes(otherNames),
  ),
  exchange(
    'an output may ask for bytes where all are to be JSON',
    (s) =>
      inferBinary(s, { parameters: { binary_data_output: false }, outputs: firstSays(s, true) }),
    same,
    inBytes(firstName),
  ),
  ...only(unlessOutputs(2), [
    exchange(
      'bytes and JSON in one answer are both right',
      (s) =>
        inferBinary(s, {
          outputs: names(s).map((name, index) => ({
            name,
            parameters: { binary_data: index % 2 === 0 },
          })),
        }),
      octets,
      same,
    ),
  ]),
  exchange(
    'binary_data that is no boolean is 400',
    (s) => inferBinary(s, { outputs: [{ name: names(s)[0], parameters: { binary_data: 'yes' } }] }),
    badRequest,
  ),
  exchange(
    'binary_data_output that is no boolean is 400',
    (s) => inferBinary(s, { parameters: { binary_data_output: 'yes' } }),
    badRequest,
  ),
];

export const binary: Topic = {
  topic: 'binary tensor data',
  cases: only(unlessBinary, [...inputsInBytes, ...outputsInBytes]),
};
