// `npm run screenshots`: every page of a server that is running, in three widths, light and dark, to be looked at before a
// change to any of them is called done; and the two pictures of the README.

import { Command, Option } from 'commander';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { chromiumArguments, findChromium } from './find-chromium.ts';
import { ROOT } from './wrangler.ts';

interface Shot {
  readonly file: string;
  readonly path: string;
  /** What is there when the page is. */
  readonly ready: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
  /** From top to bottom, or what is in sight. */
  readonly fullPage: boolean;
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

const PREDICT = { path: `/#${ROW}`, ready: '.answer .origin' };
const VERSION = { path: '/models/MODEL/VERSION', ready: '.prose' };

/** MODEL is the first that is published, VERSION the live one of it. */
const PAGES = [
  { name: 'predict', ...PREDICT },
  { name: 'batch', path: '/batch', ready: 'input[type=file]' },
  { name: 'models', path: '/models', ready: 'li.card' },
  { name: 'model', path: '/models/MODEL', ready: 'main time' },
  { name: 'version', ...VERSION },
  { name: 'data', path: '/data', ready: 'main svg' },
  { name: 'reference', path: '/reference', ready: 'details' },
  { name: 'docs', path: '/docs', ready: 'article h1' },
  { name: 'document', path: '/docs/api', ready: 'article h2' },
  { name: 'nothing', path: '/nothing-here', ready: 'h1' },
];

const options = new Command('npm run screenshots --')
  .description('Takes a picture of every page, and those that the README shows.')
  .option('--url <address>', 'of a running server', 'http://127.0.0.1:8787')
  .option('--out <folder>', 'where the pictures go', join(ROOT, '.scratch', 'screenshots'))
  .option('--page <name>', `one page only: ${PAGES.map(({ name }) => name).join(', ')}`)
  .addOption(new Option('--language <tag>', 'of the pages').choices(['en', 'ja']).default('en'))
  .option('--readme', 'the pictures of the README only, into docs/images', false)
  .allowExcessArguments(false)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse()
  .opts<{ url: string; out: string; page?: string; language: string; readme: boolean }>();

const pages = PAGES.filter(({ name }) => options.page === undefined || options.page === name);
if (pages.length === 0) fail(`unknown page: ${options.page}`, 2);

/** The pictures that the README shows; they change with the pages, and are committed. */
const README: readonly Shot[] = [
  { name: 'page', ...PREDICT, colorScheme: 'light' as const },
  { name: 'version', ...VERSION, colorScheme: 'dark' as const },
].map(({ name, ...shot }) => ({
  ...shot,
  ...SIZES.wide,
  file: join(ROOT, 'docs', 'images', `${name}.png`),
  fullPage: false,
}));

const EVERY_PAGE: readonly Shot[] = pages.flatMap(({ name, ...page }) =>
  Object.entries(SIZES).flatMap(([size, box]) =>
    (['light', 'dark'] as const).map((colorScheme) => ({
      ...page,
      ...box,
      colorScheme,
      file: join(options.out, `${name}-${size}-${colorScheme}.png`),
      fullPage: true,
    })),
  ),
);

const executablePath = findChromium();
if (executablePath === null) fail('no Chromium found: install one or set CHROME_PATH');
if (!options.readme) mkdirSync(options.out, { recursive: true });
const browser = await chromium.launch({ executablePath, args: chromiumArguments() });
try {
  const { model, version } = await firstModel();
  for (const shot of options.readme ? README : EVERY_PAGE) {
    const path = shot.path.replace('MODEL', model).replace('VERSION', version);
    await take(browser, { ...shot, path });
    console.log(shot.file);
  }
} catch (error) {
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
  console.error(`no picture of ${options.url}: ${line}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}

/** The first model of the server that has a live version. */
async function firstModel(): Promise<{ readonly model: string; readonly version: string }> {
  const response = await fetch(new URL('/v1/models', options.url));
  const { models } = (await response.json()) as {
    models: { name: string; champion: string | null }[];
  };
  for (const { name, champion } of models)
    if (champion !== null) return { model: name, version: champion };
  throw new Error('no model is published');
}

/** Takes the picture once the page has what it shows. */
async function take(browser: Browser, shot: Shot): Promise<void> {
  const { file, path, ready, width, height, colorScheme, fullPage } = shot;
  const page = await browser.newPage({
    viewport: { width, height },
    locale: options.language,
    colorScheme,
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  });
  await page.goto(new URL(path, options.url).href);
  await page.locator(ready).first().waitFor({ timeout: 20_000 });
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: file, fullPage });
  await page.close();
}

function fail(message: string, code = 1): never {
  console.error(message);
  process.exit(code);
}
