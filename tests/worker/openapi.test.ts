// The document against the routes: every operation is a route and every route an operation, and what an example or a schema
// says is what the Worker does.

import { sha256 } from '#contract/hash.ts';
import { Validator, type Schema } from '@cfworker/json-schema';
import { beforeAll, describe, expect, test } from 'vitest';
import { createRoutes } from '../../worker/app.ts';
import { OPERATIONS } from '../../worker/openapi/operations.ts';
import { ask } from './ask.ts';
import { freshIsolate } from './fresh-isolate.ts';
import { bucket, publishTiny } from './tiny-model.ts';

interface Content {
  schema: Schema;
  examples?: Record<string, { value: unknown }>;
}

interface Described {
  operationId: string;
  parameters: { name: string; in: string; example?: string }[];
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, { content: Record<string, Content> }>;
}

interface Document {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Schema> };
}

let document: Document;

beforeAll(async () => {
  await publishTiny('documented');
  document = await (await ask('/v1/models/documented/openapi.json')).json<Document>();
});

const operations = (): readonly (readonly [method: string, path: string, Described])[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => [method, path, described] as const),
  );

/** The address of an operation, its parameters filled with their examples. */
function addressOf(path: string, { parameters }: Described): string {
  const filled = parameters.reduce(
    (address, { name, example }) => address.replace(`{${name}}`, example!),
    path,
  );
  const asked = parameters.filter((parameter) => parameter.in === 'query');
  return asked.length === 0
    ? filled
    : `${filled}?${new URLSearchParams(asked.map(({ name, example }) => [name, example!])).toString()}`;
}

const valid = (schema: Schema, value: unknown): boolean =>
  new Validator({ ...schema, components: document.components }, '2020-12').validate(value).valid;

test('every route is an operation, and every operation a route', () => {
  const routes = createRoutes({})
    .routes.filter(({ method }) => method !== 'ALL')
    .map(
      ({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}').replace(/(.)\/$/, '$1')}`,
    );
  const described = OPERATIONS.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  expect([...new Set(routes)].sort()).toEqual([...described].sort());
});

test('operations have names of their own, references lead somewhere', () => {
  expect(document.openapi).toBe('3.1.0');
  const ids = operations().map(([, , { operationId }]) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g);
  for (const [, name] of references) expect(document.components.schemas).toHaveProperty(name!);
});

test('every example is what its schema says, and is answered as the document says', async () => {
  let sent = 0;
  for (const [method, path, described] of operations()) {
    const requests = Object.entries(described.requestBody?.content ?? {}).flatMap(
      ([type, { schema, examples }]) =>
        Object.values(examples ?? {}).map(({ value }) => ({ type, schema, value })),
    );
    for (const { type, schema, value } of requests) {
      if (type === 'application/json') expect(valid(schema, value)).toBe(true);
      const response = await ask(addressOf(path, described), {
        method: method.toUpperCase(),
        headers: { 'content-type': type },
        body: type === 'application/json' ? JSON.stringify(value) : String(value),
      });
      expect(response.status, `${path} ${type}`).toBe(200);
      await expectDocumented(response, described);
      sent++;
    }
  }
  expect(sent).toBeGreaterThan(25);
});

test('every GET is answered as the document says', async () => {
  const hash = await sha256(new TextEncoder().encode('a-token'));
  const guarded = freshIsolate(bucket, { ADMIN_TOKEN_SHA256: hash });
  const authorization = { headers: { authorization: 'Bearer a-token' } };
  for (const [method, path, described] of operations()) {
    if (method !== 'get' || /\/(card|tree\.json|baseline\.json)$/.test(path)) continue;
    const address = addressOf(path, described);
    const response = await (path.includes('/aliases/')
      ? guarded.ask(address, authorization)
      : ask(address));
    expect(response.status, path).toBe(200);
    await expectDocumented(response, described);
  }
});

describe('a body is refused exactly when its schema refuses it', () => {
  const row = { size: 1, kind: 'b' };
  test.each([
    [{ rows: [row] }],
    [{ rows: [{ ...row, kind: null }] }],
    [{ rows: [{ ...row, kind: 'never seen' }] }],
    [{ rows: [{ ...row, size: 99 }] }],
    [{ columns: { size: [1], kind: ['b'] } }],
    [{}],
    [[]],
    [{ rows: [] }],
    [{ rows: {} }],
    [{ rows: [row], columns: {} }],
    [{ rows: [row], more: 1 }],
    [{ rows: [{ size: 1 }] }],
    [{ rows: [{ ...row, more: 1 }] }],
    [{ rows: [{ ...row, size: '1' }] }],
    [{ rows: [{ ...row, size: null }] }],
    [{ rows: [{ ...row, kind: 1 }] }],
    [{ columns: { size: [1] } }],
    [{ columns: { size: [], kind: [] } }],
    [{ columns: { size: ['1'], kind: ['b'] } }],
  ])('%j', async (body) => {
    const described = document.paths['/v1/models/{model}/predict']!.post!;
    const { schema } = described.requestBody!.content['application/json']!;
    const response = await ask('/v1/models/documented/predict', {
      method: 'POST',
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(valid(schema, body) ? 200 : 400);
    await expectDocumented(response, described);
  });
});

test('errors have the form their door documents', async () => {
  for (const [path, status] of [
    ['/v1/models/nobody', 404],
    ['/v2/models/nobody', 404],
    ['/v1/models/{model}/versions/99', 404],
  ] as const) {
    const described =
      document.paths[path.replace(/nobody/, '{model}').replace('99', '{version}')]!.get!;
    const response = await ask(path.replace('{model}', 'documented'));
    expect(response.status).toBe(status);
    await expectDocumented(response, described);
  }
});

test('without a model the document still describes every operation', async () => {
  const { openApiDocument } = await import('../../worker/openapi/document.ts');
  const general = openApiDocument(null) as Document;
  expect(Object.keys(general.paths)).toEqual(Object.keys(document.paths));
});

async function expectDocumented(response: Response, { responses }: Described): Promise<void> {
  const documented = responses[response.status]?.content ?? {};
  const type = (response.headers.get('content-type') ?? '').split(';')[0]!;
  expect(Object.keys(documented)).toContain(type);
  if (!/^application\/(problem\+)?json$/.test(type)) return;
  const body = await response.json();
  const { errors } = new Validator(
    { ...documented[type]!.schema, components: document.components },
    '2020-12',
  ).validate(body);
  expect(errors).toEqual([]);
}
