// `npm run screenshots`: the pictures of the page in docs/images/, taken of a server that is running.

import { Command } from 'commander';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { chromiumArguments, findChromium } from './find-chromium.ts';
import { ROOT } from './wrangler.ts';

interface Shot {
  readonly name: string;
  readonly path: string;
  /** Text that is there when the page is. */
  readonly ready: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
}

const SIZES = {
  wide: { width: 1440, height: 900 },
  tablet: { width: 768, height: 1024 },
  phone: { width: 360, height: 740 },
} as const;

/** Two species live there that were one until 2011: a row on which the model has something to weigh. */
const ROW = new URLSearchParams({
  observed_length_m: '2.4',
  observed_weight_kg: '107.9',
  age_class: 'Subadult',
  sex: 'Male',
  country_region: 'Sudan',
  habitat_type: 'Reservoirs',
});

const PREDICT = { path: `/#${ROW}`, ready: 'Answered by version' };

/** The pictures that documents show. */
const SHOTS: readonly Shot[] = [
  { name: 'page', ...PREDICT, ...SIZES.wide, colorScheme: 'light' },
  { name: 'page-tablet-dark', ...PREDICT, ...SIZES.tablet, colorScheme: 'dark' },
  { name: 'page-phone-dark', ...PREDICT, ...SIZES.phone, colorScheme: 'dark' },
];

/** Every page, to be looked at before a change to any of them is called done; MODEL is the first that is published. */
const PAGES = [
  { name: 'predict', ...PREDICT },
  { name: 'batch', path: '/batch', ready: 'Choose a CSV file' },
  { name: 'models', path: '/models', ready: 'version' },
  { name: 'model', path: '/models/MODEL', ready: 'History' },
  { name: 'version', path: '/models/MODEL/1', ready: 'Model card' },
  { name: 'data', path: '/data', ready: 'What is known of a row' },
  { name: 'reference', path: '/reference', ready: 'Shapes' },
  { name: 'docs', path: '/docs/api', ready: 'The API' },
];

const EVERY_PAGE: readonly Shot[] = PAGES.flatMap(({ name, ...page }) =>
  Object.entries(SIZES).flatMap(([size, box]) =>
    (['light', 'dark'] as const).map((colorScheme) => ({
      name: `${name}-${size}-${colorScheme}`,
      ...page,
      ...box,
      colorScheme,
    })),
  ),
);

const options = new Command('npm run screenshots --')
  .description('Takes the pictures of the page that the documents show.')
  .option('--url <address>', 'of a running server', 'http://127.0.0.1:8787')
  .option('--out <folder>', 'where the pictures go', join(ROOT, 'docs', 'images'))
  .option('--every-page', 'every page, three widths, light and dark, from top to bottom', false)
  .allowExcessArguments(false)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse()
  .opts<{ url: string; out: string; everyPage: boolean }>();

const executablePath = findChromium();
if (executablePath === null) fail('no Chromium found: install one or set CHROME_PATH');
mkdirSync(options.out, { recursive: true });
const browser = await chromium.launch({ executablePath, args: chromiumArguments() });
try {
  const model = await firstModel();
  for (const shot of options.everyPage ? EVERY_PAGE : SHOTS)
    console.log(await take(browser, { ...shot, path: shot.path.replace('MODEL', model) }));
} catch (error) {
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
  console.error(`no picture of ${options.url}: ${line}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}

/** The name of the first model of the server. */
async function firstModel(): Promise<string> {
  const response = await fetch(new URL('/v1/models', options.url));
  const { models } = (await response.json()) as { models: { name: string }[] };
  const [first] = models;
  if (first === undefined) throw new Error('no model is published');
  return first.name;
}

/** The file of the picture, taken once the page has what it shows. */
async function take(browser: Browser, shot: Shot): Promise<string> {
  const { name, path, ready, width, height, colorScheme } = shot;
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme,
    reducedMotion: 'reduce',
  });
  const file = join(options.out, `${name}.png`);
  await page.goto(new URL(path, options.url).href);
  await page.locator('main').getByText(ready).first().waitFor({ timeout: 20_000 });
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: file, fullPage: options.everyPage });
  await page.close();
  return file;
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
