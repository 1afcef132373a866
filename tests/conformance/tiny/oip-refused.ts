// What this product's door to the Open Inference Protocol refuses beyond what every server does.

import { compressed, exchange, SECRET, type Case, type Topic } from './case.ts';
import { oipError } from './expect.ts';
import { says } from '../expect.ts';
import {
  behind,
  floats,
  infer,
  kind,
  kinds,
  packed,
  packedData,
  raw,
  size,
  sizes,
} from './tensors.ts';

const tensors: readonly Case[] = [
  exchange(
    'a packed tensor of another width is 400',
    infer({ inputs: [{ ...packed, shape: [2, 3] }] }),
    oipError(400),
    says('[rows, 2]'),
  ),
  exchange(
    'a packed tensor of one dimension is 400',
    infer({ inputs: [{ ...packed, shape: [6] }] }),
    oipError(400),
  ),
  exchange(
    'a packed tensor of texts is 400',
    infer({ inputs: [{ ...packed, datatype: 'BYTES', data: packedData.map(String) }] }),
    oipError(400),
  ),
  exchange(
    'a packed tensor beside a column is 400',
    infer({ inputs: [packed, kind] }),
    oipError(400),
  ),
  exchange(
    'a packed tensor with an infinity is 400',
    raw(Uint8Array.of(0, 0, 0x80, 0x7f, 0, 0, 0, 0)),
    oipError(400),
    says('size'),
  ),
  exchange(
    'a packed tensor that lacks what must be known is 400',
    infer({ inputs: [{ ...packed, shape: [1, 2], data: [null, 0] }] }),
    oipError(400),
    says('/inputs/0/data/0'),
  ),
  exchange(
    'a number beyond float64 is 400',
    infer('{"inputs":[{"name":"features","datatype":"FP32","shape":[1,2],"data":[1e999,0]}]}'),
    oipError(400),
  ),
  exchange(
    'a text for a number is 400, and not repeated',
    infer(sizes({ datatype: 'BYTES', data: [SECRET, 'x', 'y'] })),
    oipError(400),
    says('size'),
  ),
  exchange(
    'a boolean for a number is 400',
    infer(sizes({ datatype: 'BOOL', data: [true, true, false] })),
    oipError(400),
  ),
  exchange(
    'a number for a category is 400',
    infer(kinds({ datatype: 'INT64', data: [0, 0, 1] })),
    oipError(400),
    says('BYTES'),
  ),
  exchange(
    'a null where none is taken is 400',
    infer(sizes({ data: [1, null, 1] })),
    oipError(400),
    says('/inputs/0/data/1'),
  ),
  exchange(
    'a number beyond float32 is 400',
    infer(sizes({ data: [1e39, 1, 1] })),
    oipError(400),
    says('float32'),
  ),
  exchange(
    'no rows are 400',
    infer({
      inputs: [
        { ...size, shape: [0], data: [] },
        { ...kind, shape: [0], data: [] },
      ],
    }),
    oipError(400),
  ),
  exchange(
    'columns of two lengths are 400',
    infer(kinds({ shape: [2], data: ['a', 'b'] })),
    oipError(400),
    says('/inputs/1/shape'),
  ),
  exchange(
    'classes of an output that has none are 400',
    infer({
      inputs: [size, kind],
      outputs: [{ name: 'label', parameters: { classification: 1 } }],
    }),
    oipError(400),
  ),
];

const bytes: readonly Case[] = [
  exchange('raw binary of no bytes is 400', raw(new Uint8Array()), oipError(400)),
  exchange(
    'raw binary that is no whole number of rows is 400',
    raw(floats.slice(1)),
    oipError(400),
  ),
  exchange(
    'BYTES that are no UTF-8 are 400',
    behind(
      { inputs: [size, { ...kind, data: undefined, parameters: { binary_data_size: 15 } }] },
      Uint8Array.of(1, 0, 0, 0, 0xff, 1, 0, 0, 0, 97, 1, 0, 0, 0, 98),
    ),
    oipError(400),
  ),
  exchange(
    'more rows than a request may have are 413',
    infer({
      inputs: [
        {
          name: 'features',
          datatype: 'FP32',
          shape: [10_001, 2],
          data: Array.from({ length: 20_002 }, () => 0),
        },
      ],
    }),
    oipError(413),
  ),
  exchange('a body beyond the limit is 413', infer(' '.repeat(1_600_000)), oipError(413)),
  exchange(
    'a packed body that unpacks beyond the limit is 413',
    compressed('gzip', infer(' '.repeat(5_000_000))),
    oipError(413),
  ),
  exchange(
    'a packed body that ends early is 400',
    async (names) => {
      const sent = await compressed('gzip', infer({ inputs: [size, kind] }))(names);
      return { ...sent, body: sent.body!.slice(0, -9) };
    },
    oipError(400),
  ),
  exchange(
    'an unknown content coding is 415',
    infer({ inputs: [size, kind] }, { 'content-encoding': 'br' }),
    oipError(415),
  ),
];

export const oipRefused: Topic = {
  topic: 'Open Inference Protocol, refused by this product',
  cases: [...tensors, ...bytes],
};
