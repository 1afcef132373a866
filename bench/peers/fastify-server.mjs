// The strongest peer: Fastify and native ONNX Runtime in one node process, Gharial's own file, the same body in and out.
//
//   node fastify-server.mjs <folder where both are installed> peer.json PORT

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [, , folder, path, port] = process.argv;
const require = createRequire(join(folder, 'package.json'));
const { fastify } = require('fastify');
const { InferenceSession, Tensor } = require('onnxruntime-node');

const { features, labels, model, version, onnx } = JSON.parse(readFileSync(path, 'utf8'));
const codes = features.map(
  ({ categories = [] }) => new Map(categories.map((c, code) => [c, code])),
);
const session = await InferenceSession.create(onnx, { intraOpNumThreads: 1, interOpNumThreads: 1 });
const [output] = session.outputNames;
const width = features.length;

async function probabilities(values) {
  const tensor = new Tensor('float32', values, [values.length / width, width]);
  return (await session.run({ features: tensor }, [output]))[output].data;
}

function encode(rows) {
  const values = new Float32Array(rows.length * width);
  rows.forEach((row, index) =>
    features.forEach(({ name, type }, place) => {
      const value = row[name];
      if (value === null) values[index * width + place] = NaN;
      else
        values[index * width + place] =
          type === 'category' ? (codes[place].get(value) ?? -1) : value;
    }),
  );
  return values;
}

function predictionOf(values) {
  let best = 0;
  for (let index = 1; index < labels.length; index++)
    if (values[index] > values[best]) best = index;
  return {
    label: labels[best],
    probability: values[best],
    probabilities: Object.fromEntries(labels.map((label, index) => [label, values[index]])),
  };
}

const types = { number: ['number', 'null'], category: ['string', 'null'] };
const row = {
  type: 'object',
  required: features.map(({ name }) => name),
  properties: Object.fromEntries(features.map(({ name, type }) => [name, { type: types[type] }])),
};
const schema = {
  body: {
    type: 'object',
    required: ['rows'],
    properties: { rows: { type: 'array', minItems: 1, items: row } },
  },
};

const app = fastify({ bodyLimit: 4_194_304 });
app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_, body, done) =>
  done(null, body),
);
app.post('/predict', { schema }, async ({ body: { rows } }) => {
  const values = await probabilities(encode(rows));
  const depth = labels.length;
  const predictions = rows.map((_, index) =>
    predictionOf(values.subarray(index * depth, (index + 1) * depth)),
  );
  return { model_name: model, model_version: version, predictions };
});
app.post('/binary', async ({ body }, reply) => {
  const values = await probabilities(new Float32Array(Uint8Array.from(body).buffer));
  reply.type('application/octet-stream');
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
});
await app.listen({ host: '127.0.0.1', port: Number(port) });
