// Installs the service worker, once the page has done what the visitor came for.

import { dev } from '$app/environment';

/** Longest time to wait for a quiet moment, in milliseconds. */
const PATIENCE = 3_000;

export function registerServiceWorker(): void {
  // Vite's own server changes every file while it is looked at.
  if (dev || !('serviceWorker' in navigator)) return;
  const register = (): void => {
    // A browser may refuse, as in a private window: the page works without it, as long as there is a network.
    navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);
  };
  if ('requestIdleCallback' in window) requestIdleCallback(register, { timeout: PATIENCE });
  else setTimeout(register, PATIENCE);
}
