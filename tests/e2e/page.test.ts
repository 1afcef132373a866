// The page as a person uses it, on the model of the synthetic table.

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import type { TabularModel } from '#contract/registry/models.ts';
import type { PredictResponse } from '#contract/predict.ts';
import { bars, formValues, noteOf, settled, verdict } from './reading.ts';
import { visit, type Visitor } from './visitor.ts';

const MODEL = '/v1/models/crocodile-species';

const url = inject('url');

let visitor: Visitor;
let model: TabularModel;

beforeAll(async () => {
  visitor = await visit(url);
  model = (await (await fetch(`${url}${MODEL}`)).json()) as TabularModel;
});

afterAll(() => visitor?.close());

afterEach(async () => {
  expect(await visitor.leave()).toEqual([]);
});

async function open(path = '/'): Promise<Page> {
  const page = await visitor.open(path);
  await settled(page);
  return page;
}

const length = (page: Page) => page.getByRole('spinbutton', { name: 'Observed Length' });
const country = (page: Page) => page.getByRole('combobox', { name: 'Country/Region' });

describe('the form', () => {
  test('has a control for every feature of the signature, with its unit, range and categories', async () => {
    const page = await open();
    for (const feature of model.manifest.signature.features) {
      const name = feature.column.replace(/ \(.*\)$/, '');
      const field = page.locator('.field', { hasText: name });
      if (feature.type === 'number') {
        const slider = field.getByRole('slider', { name });
        const [low, high] = [
          await slider.getAttribute('min'),
          await slider.getAttribute('max'),
        ].map(Number);
        expect(low).toBeGreaterThanOrEqual(feature.minimum);
        expect(high).toBeLessThanOrEqual(feature.maximum);
        expect(high! - low!).toBeGreaterThan(0.98 * (feature.maximum - feature.minimum));
        expect(await field.innerText()).toContain(feature.unit);
      } else {
        if (feature.type !== 'category') throw new Error(`no check for: ${feature.type}`);
        const control = field.getByRole('combobox', { name });
        if ((await control.evaluate((element) => element.tagName)) === 'INPUT') {
          await control.click();
          await control.fill('');
        }
        const offered = await field.locator('option, [role=option]').allInnerTexts();
        expect(offered.map((text) => text.trim()).sort()).toEqual([...feature.categories].sort());
        await page.keyboard.press('Escape');
      }
    }
  });

  test('begins with the first example, and every other is a click away', async () => {
    const page = await open();
    for (const { row, target } of model.manifest.examples) {
      await page.getByRole('button', { name: String(target), exact: true }).click();
      await settled(page);
      const values = Object.values(await formValues(page));
      for (const cell of Object.values(row)) expect(values).toContain(String(cell));
      expect(await page.getByText('The dataset says').innerText()).toContain(String(target));
    }
  });
});

describe('the answer', () => {
  test('is the API’s own: its label, its probabilities, its version, and how long it took', async () => {
    const page = await open();
    const row = model.manifest.examples[0]!.row;
    const response = await fetch(`${url}${MODEL}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rows: [row] }),
    });
    const { predictions, model_version } = (await response.json()) as PredictResponse;
    const prediction = predictions[0]!;
    if (!('label' in prediction)) throw new Error('the crocodile model gives no label');
    expect(await verdict(page)).toBe(prediction.label);
    const shown = await bars(page);
    expect(shown[0]!.label).toBe(prediction.label);
    for (const { label, share, length } of shown.slice(0, -1)) {
      const probability = prediction.probabilities[label]!;
      // Two pixels of a bar are always to be seen.
      expect(Math.abs(length - probability)).toBeLessThan(0.015);
      expect(Number(share.replace(/[<>%]/g, '')) / 100).toBeCloseTo(probability, 2);
    }
    const origin = await page.getByText('Answered by version').innerText();
    expect(origin).toMatch(new RegExp(`^Answered by version ${model_version} in .*\\d+ ms$`));
  });

  test('is Cuban Crocodile for a Cuban subadult male of 2.4 m and 107.9 kg from the swamps', async () => {
    const page = await open();
    await length(page).fill('2.4');
    await page.getByRole('spinbutton', { name: 'Observed Weight' }).fill('107.9');
    await page.getByRole('combobox', { name: 'Age Class' }).selectOption('Subadult');
    await page.getByRole('combobox', { name: 'Sex' }).selectOption('Male');
    await country(page).click();
    await page.getByRole('option', { name: 'Cuba', exact: true }).click();
    await page.getByRole('combobox', { name: 'Habitat Type' }).fill('swamps');
    await page.keyboard.press('Enter');
    await page.getByText('Cuban Crocodile').first().waitFor();
    await settled(page);
    expect((await bars(page))[0]!.label).toBe('Cuban Crocodile');
  });

  test('changes with the form', async () => {
    const page = await open();
    const before = await bars(page);
    await page
      .getByRole('button', { name: String(model.manifest.examples[1]!.target), exact: true })
      .click();
    await settled(page);
    const after = await bars(page);
    expect(after[0]!.label).not.toBe(before[0]!.label);
  });

  test('is that to the last question, however late an earlier one is answered', async () => {
    const page = await open();
    const [first, second] = [model.manifest.examples[1]!, model.manifest.examples[2]!];
    let held = 0;
    await page.route(`**${MODEL}/predict`, async (route) => {
      if (held++ === 0) await new Promise((resolve) => setTimeout(resolve, 700));
      await route.continue().catch(() => undefined);
    });
    const asked = page.waitForRequest(`**${MODEL}/predict`);
    await page.getByRole('button', { name: String(first.target), exact: true }).click();
    await asked;
    await page.getByRole('button', { name: String(second.target), exact: true }).click();
    await settled(page);
    const answered = await verdict(page);
    await page.waitForTimeout(1_000);
    expect(await verdict(page)).toBe(answered);
    expect(await page.getByText('The dataset says').innerText()).toContain(second.target);
    expect(held).toBe(2);
  });
});

describe('a value', () => {
  test('outside of what training saw is answered, and said so beside its field', async () => {
    const page = await open();
    await length(page).fill('99');
    await page.getByText('outside of what the model was trained on').waitFor();
    await settled(page);
    expect(await noteOf(page, 'Observed Length')).toMatch(/^This value is outside of .* m\.$/);
    expect(await noteOf(page, 'Observed Weight')).toBe('');
    expect(await length(page).getAttribute('aria-invalid')).toBe('false');
  });

  test('that is a category the model never saw is answered, and said so beside its field', async () => {
    const page = await open();
    await country(page).fill('Atlantis');
    await page.keyboard.press('Tab');
    await page.getByText('a category the model was not trained on').waitFor();
    await settled(page);
    expect(await noteOf(page, 'Country/Region')).toContain('not trained on');
  });

  test.each([
    ['is missing', '', 'This value is needed.'],
    ['is too large for a float32', '1e39', 'This value must be a finite float32 number.'],
  ])(
    'that %s is asked for in words, and the old answer no longer stands',
    async (_, text, words) => {
      const page = await open();
      await length(page).fill(text);
      await page.getByText('No answer to this row').waitFor();
      expect(await noteOf(page, 'Observed Length')).toBe(words);
      expect(await length(page).getAttribute('aria-invalid')).toBe('true');
      expect(await page.getByLabel('The answer').getAttribute('aria-busy')).toBe('true');
      await length(page).fill('2');
      await settled(page);
      expect(await noteOf(page, 'Observed Length')).toBe('');
    },
  );
});

describe('a link', () => {
  test('restores the form, and the answer with it', async () => {
    const page = await open();
    await length(page).fill('1.15');
    await country(page).fill("Côte d'Ivoire");
    await page.keyboard.press('Enter');
    await page.waitForURL(/Ivoire/);
    await settled(page);
    const [values, answered] = [await formValues(page), await bars(page)];
    expect(values['Country/Region']).toBe("Côte d'Ivoire");

    const restored = await open(page.url().slice(url.length));
    expect(await formValues(restored)).toEqual(values);
    expect(await bars(restored)).toEqual(answered);
  });

  test('with values that no control takes is answered in words', async () => {
    const page = await visitor.open('/#observed_length_m=long&sex=Robot&colour=green');
    await page.getByText('No answer to this row').waitFor();
    expect(await noteOf(page, 'Observed Length')).toBe('This value is needed.');
    await length(page).fill('2');
    await settled(page);
    expect(await noteOf(page, 'Sex')).toContain('not trained on');
    expect((await formValues(page)).Sex).toBe('Robot');
  });

  test('to a model that is not there says so', async () => {
    const page = await visitor.open('/?model=unicorn');
    await page.getByRole('heading', { name: 'There is no such model' }).waitFor();
    expect(await visitor.leave()).toEqual([
      'error: Failed to load resource: the server responded with a status of 404 (Not Found)',
    ]);
  });
});
