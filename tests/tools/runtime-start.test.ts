// Where the runtime starts is one word of configuration, and nothing in an answer: asked of a bare workerd.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { untilListening } from '../../bench/cold-start.ts';
import { ask } from '../../bench/load.ts';
import { prepare, type Subject } from '../../bench/prepare.ts';
import { jsonRequests } from '../../bench/scenarios.ts';
import { gharial } from '../../bench/servers/workerd.ts';
import { ROOT } from '../../tools/wrangler.ts';

const SCRATCH = join(ROOT, '.scratch');
mkdirSync(SCRATCH, { recursive: true });
const folder = mkdtempSync(join(SCRATCH, 'runtime-start-'));
let subject: Subject;

beforeAll(async () => {
  subject = await prepare(join(folder, 'subject'));
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(['start-up', 'first-request'])('RUNTIME_START=%s answers', async (RUNTIME_START) => {
  const { worker, registry, manifest } = subject;
  const place = { worker, registry, folder: join(folder, RUNTIME_START) };
  const server = await (await gharial('Gharial', { ...place, variables: { RUNTIME_START } }))();
  try {
    await untilListening(server);
    const answer = await ask(server.port, jsonRequests(manifest, 1).gharial);
    expect(JSON.parse(answer)).toMatchObject({
      model_name: manifest.model,
      predictions: [{ label: manifest.examples[0]!.target }],
    });
  } finally {
    await server.end();
  }
});
