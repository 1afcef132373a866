// What a person reads off the page.

import type { Page } from 'playwright-core';

/** Waits until the answer belongs to what the form says. */
export async function settled(page: Page): Promise<void> {
  await page.locator('[aria-label="The answer"][aria-busy="false"]').waitFor();
}

/** The likeliest label, as it stands above the bars. */
export function verdict(page: Page): Promise<string> {
  return page.getByRole('status').locator('strong').innerText();
}

export interface ReadBar {
  readonly label: string;
  readonly share: string;
  /** Of the track, 0 to 1. */
  readonly length: number;
}

export function bars(page: Page): Promise<ReadBar[]> {
  return page.getByRole('list', { name: /^Likeliest/ }).evaluate((list) =>
    [...list.children].map((item) => {
      const [label, track, share] = item.children;
      const bar = track?.firstElementChild;
      return {
        label: label?.textContent ?? '',
        share: share?.textContent ?? '',
        length:
          (bar?.getBoundingClientRect().width ?? 0) / (track?.getBoundingClientRect().width ?? 1),
      };
    }),
  );
}

/** The value of every control of the form, by its accessible name. */
export function formValues(page: Page): Promise<Record<string, string>> {
  return page.getByRole('form').evaluate((form) => {
    const controls = form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select');
    return Object.fromEntries(
      [...controls].map((control) => [
        control.getAttribute('aria-label') ?? control.labels?.[0]?.textContent ?? '',
        control.value,
      ]),
    );
  });
}

/** What stands below a field. */
export function noteOf(page: Page, label: string): Promise<string> {
  return page.locator('.field', { hasText: label }).locator('[aria-live]').innerText();
}
