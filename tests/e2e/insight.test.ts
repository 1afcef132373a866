// Why this answer, how sure it is, and what would change it.

import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import type { ExplainResponse } from '#contract/explain/answer.ts';
import type { TabularModel } from '#contract/registry/models.ts';
import type { PredictResponse } from '#contract/predict.ts';
import { axe } from './axe.ts';
import { settled, verdict } from './reading.ts';
import { visit, type Visitor } from './visitor.ts';

const url = inject('url');
const MODEL = `${url}/v1/models/crocodile-species`;

let visitor: Visitor;
let model: TabularModel;

beforeAll(async () => {
  visitor = await visit(url);
  model = (await (await fetch(MODEL)).json()) as TabularModel;
});

afterAll(() => visitor?.close());

afterEach(async () => {
  expect(await visitor.leave()).toEqual([]);
});

async function ask<T>(path: string, rows: readonly object[]): Promise<T> {
  const response = await fetch(`${MODEL}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rows }),
  });
  return (await response.json()) as T;
}

test('why: the contributions and the way are the API’s own, and follow the form', async () => {
  const page = await visitor.open('/');
  const why = page.getByRole('region', { name: /^Why / });
  await why.waitFor();
  const { explanations } = await ask<ExplainResponse>('/explain', [
    model.manifest.examples[0]!.row,
  ]);
  const { label, contributions, path = [] } = explanations[0]!;
  expect(await why.getByRole('heading', { level: 2 }).innerText()).toBe(`Why ${label}`);
  const lists = why.getByRole('list');
  expect(await lists.first().getByRole('listitem').count()).toBe(contributions.length + 2);
  expect(await lists.nth(1).getByRole('listitem').count()).toBe(path.length);

  const [, second] = model.manifest.examples;
  await page.getByRole('button', { name: String(second!.target), exact: true }).click();
  await settled(page);
  await page.getByRole('heading', { name: `Why ${await verdict(page)}` }).waitFor();
});

test('how sure: held-out rows of the same sureness say it', async () => {
  const page = await visitor.open('/');
  await settled(page);
  await page.getByText(/held-out rows (it was .* sure of|its probabilities were off)/).waitFor();
});

describe('what would change the answer', () => {
  test('is one request for a number’s whole range, as a curve and in words that are true', async () => {
    const page = await visitor.open('/');
    await settled(page);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.getByText('What would change the answer').click();
    const words = page.getByRole('list', { name: 'Answers over the range' }).getByRole('listitem');
    await words.first().waitFor();
    await page
      .getByRole('img', { name: /Observed Length/ })
      .locator('[aria-label=line] path')
      .first()
      .waitFor({ state: 'attached' });
    expect(requests.filter((each) => each.endsWith('/predict'))).toHaveLength(1);

    const { row } = model.manifest.examples[0]!;
    for (const text of await words.allInnerTexts()) {
      const [, from, label] = /^(?:at )?([\d.]+).*?: (.+)$/.exec(text)!;
      const { predictions } = await ask<PredictResponse>('/predict', [
        { ...row, observed_length_m: Number(from) },
      ]);
      expect(predictions[0]).toMatchObject({ label });
    }
  });

  test('names the answer to every category, and marks the one that is given', async () => {
    const page = await visitor.open('/');
    await settled(page);
    await page.getByText('What would change the answer').click();
    await page
      .getByRole('combobox', { name: 'If this were different' })
      .selectOption('Habitat Type');
    const items = page.getByRole('list', { name: 'Answers by category' }).getByRole('listitem');
    await items.locator('strong').first().waitFor();
    const habitat = model.manifest.signature.features.find(({ name }) => name === 'habitat_type')!;
    if (habitat.type !== 'category') throw new Error('habitat is no category');
    expect(await items.count()).toBe(habitat.categories.length);
    const given = await page.locator('li.given').innerText();
    expect(given).toContain(String(model.manifest.examples[0]!.row.habitat_type));
    expect(given).toContain(await verdict(page));
  });
});

test.each(['light', 'dark'] as const)(
  'all of it is clean to axe in the %s, and nothing is cut off at 360 pixels',
  async (colorScheme) => {
    const page = await visitor.open('/', { colorScheme, viewport: { width: 360, height: 740 } });
    await page.getByRole('region', { name: /^Why / }).waitFor();
    await page.getByText('What would change the answer').click();
    await page
      .getByRole('img', { name: /Observed Length/ })
      .locator('svg')
      .waitFor();
    expect(await axe(page)).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  },
);
