// What answers in this browser need is kept in this browser, from the page: whether its service worker is up yet or not.

import { SEEN } from './stores.ts';

/** Keeps the answers to these addresses; a browser that keeps nothing (a private window, no https) is left alone. */
export async function keepForOffline(urls: readonly string[]): Promise<void> {
  try {
    const seen = await caches.open(SEEN);
    await seen.addAll(urls);
  } catch {
    // Then it works as long as there is a network, as before.
  }
}
