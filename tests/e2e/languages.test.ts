// The pages in the visitor's own language.

import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { visit, type Visitor } from './visitor.ts';

let visitor: Visitor;

beforeAll(async () => {
  visitor = await visit(inject('url'));
});

afterAll(() => visitor?.close());

afterEach(async () => {
  expect(await visitor.leave()).toEqual([]);
});

test('who reads Japanese is spoken to in Japanese, and can choose English for good', async () => {
  const page = await visitor.open('/models', { locale: 'ja-JP' });
  await page.getByRole('heading', { level: 1, name: 'モデル' }).waitFor();
  const lang = () => page.evaluate(() => document.documentElement.lang);
  expect(await lang()).toBe('ja');
  expect(await page.title()).toBe('モデル · Gharial');

  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { level: 1, name: 'Models' }).waitFor();
  expect(await lang()).toBe('en');
  await page.reload();
  await page.getByRole('button', { name: '日本語' }).waitFor();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Models');
});

test('who reads neither is spoken to in English', async () => {
  const page = await visitor.open('/models', { locale: 'fr-FR' });
  await page.getByRole('button', { name: '日本語' }).waitFor();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Models');
});
