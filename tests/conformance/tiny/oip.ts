// What this product's door to the Open Inference Protocol takes beyond what every server does, with literal answers.

import { encodeElements } from '#contract/tensors/tensor-data.ts';
import { compressed, exchange, SECRET, type Case, type Topic } from './case.ts';
import { oipError } from './expect.ts';
import type { Expectation } from '../case.ts';
import { contentType, has, says } from '../expect.ts';
import { tensorsOf } from '../oip/subject.ts';
import {
  behind,
  floats,
  infer,
  kind,
  kinds,
  packed,
  raw,
  rowsAnswered,
  size,
  sizes,
} from './tensors.ts';

const halves = encodeElements('FP16', [0.25, 1, 1]);
const firstIs =
  (...probabilities: readonly number[]): Expectation<unknown> =>
  (answer) => {
    if (answer.status !== 200) return `status ${answer.status}: ${answer.text.slice(0, 160)}`;
    const data = Array.from(tensorsOf(answer)[2]?.data as ArrayLike<number>).slice(0, 2);
    return String(data) === String(probabilities) ? null : `the first row is ${data}`;
  };

const forms: readonly Case[] = [
  exchange('columns by name', infer({ inputs: [size, kind] }), rowsAnswered),
  exchange(
    'columns of [rows, 1]',
    infer({
      inputs: [
        { ...size, shape: [3, 1] },
        { ...kind, shape: [3, 1], data: [['a'], ['a'], ['b']] },
      ],
    }),
    rowsAnswered,
  ),
  exchange('one packed tensor, flat', infer({ inputs: [packed] }), rowsAnswered),
  exchange(
    'one packed tensor, nested',
    infer({
      inputs: [
        {
          ...packed,
          data: [
            [0.25, 0],
            [1, 0],
            [1, 1],
          ],
        },
      ],
    }),
    rowsAnswered,
  ),
  exchange(
    'one packed tensor of FP64',
    infer({ inputs: [{ ...packed, datatype: 'FP64' }] }),
    rowsAnswered,
  ),
  exchange(
    'one packed tensor in bytes',
    behind(
      { inputs: [{ ...packed, data: undefined, parameters: { binary_data_size: 24 } }] },
      floats,
    ),
    rowsAnswered,
  ),
  exchange(
    'raw binary is the packed tensor, and answered in bytes',
    raw(floats),
    rowsAnswered,
    contentType('application/octet-stream'),
  ),
  exchange('raw binary packed with gzip', compressed('gzip', raw(floats)), rowsAnswered),
  exchange(
    'half precision in bytes',
    behind(
      {
        inputs: [
          { ...size, data: undefined, datatype: 'FP16', parameters: { binary_data_size: 6 } },
          kind,
        ],
      },
      halves,
    ),
    rowsAnswered,
  ),
  exchange('doubles for a float', infer(sizes({ datatype: 'FP64' })), rowsAnswered),
  exchange(
    'a UINT8 for a float',
    infer(sizes({ datatype: 'UINT8', data: [0, 1, 1] })),
    rowsAnswered,
  ),
  exchange(
    'an INT64 for a float',
    infer(sizes({ datatype: 'INT64', data: [0, 1, 1] })),
    rowsAnswered,
  ),
  exchange(
    'a null is a category that is not known',
    infer(kinds({ data: [null, null, 'b'] })),
    rowsAnswered,
  ),
  exchange(
    'a category that nobody trained on is answered, with a warning',
    infer(kinds({ data: ['a', SECRET, 'b'] })),
    rowsAnswered,
    has({ parameters: { warnings: 1, first_warning: /inputs\/1\/data\/1/ } }),
  ),
  exchange(
    'a number beyond the training data is answered, with a warning',
    infer(sizes({ data: [-9, 1, 1] })),
    rowsAnswered,
    has({ parameters: { warnings: 1 } }),
  ),
  exchange(
    'a null for what is optional is as if it were left out',
    infer({
      id: null,
      parameters: null,
      outputs: null,
      inputs: [
        { ...size, parameters: null },
        { ...kind, parameters: { content_type: 'str', headers: null } },
      ],
    }),
    rowsAnswered,
  ),
  exchange(
    'a null for the parameters of an output is none',
    infer({
      inputs: [size, kind],
      outputs: ['label', 'label_index', 'probabilities'].map((name) => ({
        name,
        parameters: null,
      })),
    }),
    rowsAnswered,
  ),
];

const exact: readonly Case[] = [
  exchange(
    'an INT64 beyond 2^53 is read exactly',
    infer(
      '{"inputs":[{"name":"size","datatype":"INT64","shape":[1],"data":[9007199254740993]},{"name":"kind","datatype":"BYTES","shape":[1],"data":["b"]}]}',
    ),
    firstIs(0, 1),
  ),
  exchange(
    'the least INT64 is read exactly',
    infer(
      '{"inputs":[{"name":"size","datatype":"INT64","shape":[1],"data":[-9223372036854775808]},{"name":"kind","datatype":"BYTES","shape":[1],"data":["b"]}]}',
    ),
    firstIs(1, 0),
  ),
  exchange(
    'the greatest UINT64 is read exactly',
    infer(
      '{"inputs":[{"name":"size","datatype":"UINT64","shape":[1],"data":[18446744073709551615]},{"name":"kind","datatype":"BYTES","shape":[1],"data":["b"]}]}',
    ),
    firstIs(0, 1),
  ),
  exchange(
    'one more than the greatest INT64 is 400',
    infer(
      '{"inputs":[{"name":"size","datatype":"INT64","shape":[1],"data":[9223372036854775808]},{"name":"kind","datatype":"BYTES","shape":[1],"data":["b"]}]}',
    ),
    oipError(400),
    says('/inputs/0/data/0'),
  ),
  exchange(
    'a whole number of twenty digits as FP32 is its nearest float',
    infer(
      '{"inputs":[{"name":"size","datatype":"FP32","shape":[1],"data":[10000000000000000000]},{"name":"kind","datatype":"BYTES","shape":[1],"data":["b"]}]}',
    ),
    firstIs(0, 1),
  ),
  exchange(
    'the threshold itself is not below it',
    infer(sizes({ data: [0.5, 1, 1] })),
    firstIs(0.5, 0.5),
  ),
  exchange(
    'one float32 below the threshold is below it',
    infer(sizes({ data: [0.49999997, 1, 1] })),
    firstIs(1, 0),
  ),
  exchange(
    'label_index is an INT64 in the answer',
    infer({ inputs: [size, kind], outputs: [{ name: 'label_index' }] }),
    has({ outputs: [{ name: 'label_index', datatype: 'INT64', shape: [3], data: [0, 0, 1] }] }),
  ),
  exchange(
    'classes are value:index:label, equal ones in the order of the labels',
    infer({
      inputs: [size, kind],
      outputs: [{ name: 'probabilities', parameters: { classification: 2 } }],
    }),
    has({
      outputs: [
        {
          datatype: 'BYTES',
          shape: [3, 2],
          data: ['1:0:small', '0:1:large', '0.5:0:small', '0.5:1:large', '1:1:large', '0:0:small'],
        },
      ],
    }),
  ),
];

export const oip: Topic = {
  topic: 'Open Inference Protocol, this product',
  cases: [...forms, ...exact],
};
