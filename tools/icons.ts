// `npm run icons`: the icons of the installed page, drawn of its favicon by Chromium.

import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumArguments, findChromium } from './find-chromium.ts';
import { ROOT } from './wrangler.ts';

const STATIC = join(ROOT, 'site', 'static');

/**
 * A maskable icon has no corners of its own, and everything that matters within the middle 80 % (W3C, Web App Manifest);
 * Apple rounds the corners too.
 */
const ICONS = [
  { name: 'icon-192', size: 192, corners: 'round' },
  { name: 'icon-512', size: 512, corners: 'round' },
  { name: 'maskable-512', size: 512, corners: 'none' },
  { name: 'apple-touch-icon', size: 180, corners: 'none' },
] as const;

/** A square to its edges, the drawing within the middle. */
const withoutCorners = (svg: string): string =>
  svg
    .replace(' rx="7"', '')
    .replace('<g ', '<g transform="translate(2.4 2.4) scale(.85)"><g ')
    .replace('</g>', '</g></g>');

const executablePath = findChromium();
if (executablePath === null) {
  console.error('no Chromium found: install one or set CHROME_PATH');
  process.exit(1);
}
const svg = readFileSync(join(STATIC, 'favicon.svg'), 'utf8');
mkdirSync(join(STATIC, 'icons'), { recursive: true });
const browser = await chromium.launch({ executablePath, args: chromiumArguments() });
try {
  for (const { name, size, corners } of ICONS) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const drawn = corners === 'none' ? withoutCorners(svg) : svg;
    await page.setContent(`<style>body{margin:0}svg{display:block}</style>${drawn}`);
    const path = join(STATIC, 'icons', `${name}.png`);
    await page.screenshot({ path, omitBackground: true });
    await page.close();
    console.log(path);
  }
} finally {
  await browser.close();
}
