// A person with a browser: opens pages of one server, and remembers everything the browser had to complain about.

import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { chromiumArguments, findChromium } from '../../tools/find-chromium.ts';

export interface Visitor {
  /** A new window that is at no address yet. */
  window(options?: BrowserContextOptions): Promise<Page>;
  /** Opens `path` in a new window. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>;
  /** Closes all windows. Answers the complaints since the last time, and every request to another origin. */
  leave(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** What playwright says where it blocks service workers. */
const BLOCKED = 'Service Worker registration blocked by Playwright';

export async function visit(url: string): Promise<Visitor> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('no Chromium found: install one or set CHROME_PATH');
  const browser: Browser = await chromium.launch({ executablePath, args: chromiumArguments() });
  let complaints: string[] = [];

  function listen(page: Page): void {
    page.on('console', (message) => {
      if (message.text() === BLOCKED) return;
      if (message.type() === 'error' || message.type() === 'warning')
        complaints.push(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
    page.on('request', (request) => {
      const { origin } = new URL(request.url());
      if (origin !== url) complaints.push(`request to another origin: ${origin}`);
    });
  }

  async function window(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      reducedMotion: 'reduce',
      // Requests that a service worker answers cannot be held up or faked by a test: who tests it asks for it.
      serviceWorkers: 'block',
      ...options,
    });
    const page = await context.newPage();
    listen(page);
    return page;
  }

  return {
    window,
    async open(path, options) {
      const page = await window(options);
      await page.goto(`${url}${path}`);
      return page;
    },
    async leave() {
      for (const context of browser.contexts()) await context.close();
      const heard = complaints;
      complaints = [];
      return heard;
    },
    close: () => browser.close(),
  };
}
