// `npm run screenshots`: the pictures of the page in docs/images/, taken of a server that is running.

import { Command } from 'commander';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { chromiumArguments, findChromium } from './find-chromium.ts';
import { ROOT } from './wrangler.ts';

const SHOTS = [
  { name: 'page', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'page-tablet-dark', width: 768, height: 1024, colorScheme: 'dark' },
  { name: 'page-phone-dark', width: 360, height: 740, colorScheme: 'dark' },
] as const;

/** Two species live there that were one until 2011: a row on which the model has something to weigh. */
const ROW = new URLSearchParams({
  observed_length_m: '2.4',
  observed_weight_kg: '107.9',
  age_class: 'Subadult',
  sex: 'Male',
  country_region: 'Sudan',
  habitat_type: 'Reservoirs',
});

const options = new Command('npm run screenshots --')
  .description('Takes the pictures of the page that the documents show.')
  .option('--url <address>', 'of a running server', 'http://127.0.0.1:8787')
  .option('--out <folder>', 'where the pictures go', join(ROOT, 'docs', 'images'))
  .allowExcessArguments(false)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse()
  .opts<{ url: string; out: string }>();

const executablePath = findChromium();
if (executablePath === null) fail('no Chromium found: install one or set CHROME_PATH');
mkdirSync(options.out, { recursive: true });
const browser = await chromium.launch({ executablePath, args: chromiumArguments() });
try {
  for (const shot of SHOTS) console.log(await take(browser, shot));
} catch (error) {
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
  console.error(`no picture of ${options.url}: ${line}`);
  process.exitCode = 1;
} finally {
  await browser.close();
}

/** The file of the picture, taken once the page has its answer. */
async function take(browser: Browser, shot: (typeof SHOTS)[number]): Promise<string> {
  const { name, width, height, colorScheme } = shot;
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme,
    reducedMotion: 'reduce',
  });
  const path = join(options.out, `${name}.png`);
  await page.goto(new URL(`/#${ROW}`, options.url).href);
  await page.getByText('Answered by version').waitFor({ timeout: 20_000 });
  await page.screenshot({ path });
  await page.close();
  return path;
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
