// The guide and the API reference: what is written is found, read and copied.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { ROOT } from '../../tools/wrangler.ts';
import { axe } from './axe.ts';
import { visit, type Visitor } from './visitor.ts';

const url = inject('url');
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };

let visitor: Visitor;

beforeAll(async () => {
  visitor = await visit(url);
});

afterAll(() => visitor?.close());

afterEach(async () => {
  expect(await visitor.leave()).toEqual([]);
});

describe('the reference', () => {
  test('has every operation of the server’s own document', async () => {
    const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const page = await visitor.open('/reference');
    await page.locator('details[id] > summary code').first().waitFor();
    const shown = await page.locator('section > details:has(.method)').evaluateAll((all) =>
      all.map((each) => {
        const [method, path] = each.querySelectorAll('summary > *');
        return `${method?.textContent?.toLowerCase()} ${path?.textContent}`;
      }),
    );
    const said = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    expect(shown.sort()).toEqual(said.sort());
  });

  test
    .skipIf(process.platform === 'win32')
    .each(['application/json', 'application/x-ndjson', 'text/csv'])(
    'copies a command that a shell and the server understand: %s',
    async (type) => {
      const page = await visitor.open('/reference', CLIPBOARD);
      await page.getByRole('searchbox').fill('versions/{version}/predict');
      await page.getByText('Predict rows with one version').click();
      await page
        .getByRole('combobox', { name: 'Example' })
        .selectOption({ label: `rows, ${type}` });
      await page.getByRole('button', { name: 'Copy as curl' }).click();
      await page.getByText('Copied').waitFor();
      const command = await page.evaluate(() => navigator.clipboard.readText());
      const print = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${command}`;
      const [address, , header, , body] = execFileSync('sh', ['-c', print], {
        encoding: 'utf8',
      }).split('\0');
      const response = await fetch(address!, {
        method: 'POST',
        headers: { 'content-type': header!.split(': ')[1]! },
        body: body!,
      });
      expect(response.status).toBe(200);
      expect(await response.text()).toMatch(/label/);
    },
  );

  test('is searched as one types', async () => {
    const page = await visitor.open('/reference');
    await page.getByRole('searchbox').fill('healthy nonsense');
    await page.getByText('No operation is called so.').waitFor();
    await page.getByRole('searchbox').fill('onnx');
    await page.locator('code', { hasText: 'model.onnx' }).first().waitFor();
    expect(await page.locator('code', { hasText: '/invocations' }).count()).toBe(0);
  });
});

describe('the documents', () => {
  test('are all there, and readable without JavaScript', async () => {
    const page = await visitor.open('/docs/api', { javaScriptEnabled: false });
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('The API');
    const text = readFileSync(join(ROOT, 'docs', 'api.md'), 'utf8');
    const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) =>
      heading!.replaceAll('`', ''),
    );
    expect(await page.locator('article h2').allInnerTexts()).toEqual(headings);
  });

  test('are found by their words, and a find leads to its heading', async () => {
    const page = await visitor.open('/docs');
    await page.getByRole('searchbox', { name: 'Search the documents' }).fill('binary tensor');
    await page
      .getByRole('link', { name: /Open Inference Protocol/ })
      .first()
      .click();
    await page.waitForURL(/\/docs\/api#v2/);
    await page.getByRole('heading', { name: /Open Inference Protocol/ }).waitFor();
    expect(await page.getByRole('searchbox', { name: 'Search the documents' }).inputValue()).toBe(
      '',
    );
  });

  test('have a button beside every command, that copies it', async () => {
    const page = await visitor.open('/docs/api', CLIPBOARD);
    const blocks = page.locator('.code');
    await blocks.first().waitFor();
    expect(await blocks.count()).toBe(await page.locator('article pre').count());
    await blocks.first().getByRole('button', { name: 'Copy' }).click();
    await page.getByText('Copied').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(readFileSync(join(ROOT, 'docs', 'api.md'), 'utf8')).toContain(copied);
  });

  test('lead to each other as the files do, and nowhere that is not there', async () => {
    const page = await visitor.open('/docs');
    const seen = new Set<string>();
    for (const href of await page
      .locator('aside nav a')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href')!))) {
      const html = await (await page.request.get(`${url}${href}`)).text();
      for (const [, link] of html.matchAll(/href="(\/docs[^"#]*)/g)) seen.add(link!);
    }
    expect(seen.size).toBeGreaterThan(8);
    for (const link of seen)
      expect((await page.request.get(`${url}${link}`)).status(), link).toBe(200);
  });
});

test.each(['/reference', '/docs', '/docs/api', '/docs/decisions/030-charts'])(
  '%s is clean to axe, light and dark, and nothing is cut off at 360 pixels',
  async (path) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await visitor.open(path, { colorScheme, viewport: { width: 360, height: 740 } });
      await page.getByRole('searchbox').first().waitFor();
      if (path === '/reference') await page.getByText('Predict rows', { exact: true }).click();
      expect(await axe(page)).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    }
  },
);
