// Keeps the stores to one build: fills the shell when a service worker is installed, drops what is no longer part of it.

import { SEEN, SHELL } from './stores.ts';

/** Paths of the build. */
export interface Build {
  /** Scripts, styles, and the 14 MB of the runtime, which is only kept by who wants it. */
  readonly build: readonly string[];
  readonly files: readonly string[];
  readonly prerendered: readonly string[];
}

/** What is kept for every visitor: all pages but the documents, which are many and long, and that of a wrong address. */
export const shellOf = ({ build, files, prerendered }: Build): readonly string[] => [
  ...build.filter((path) => !path.endsWith('.wasm')),
  ...files,
  ...prerendered.filter((path) => !/^\/(docs[/-]|404$)/.test(path)),
];

/** Throws when one of them cannot be had: then there is no new service worker, and the old one goes on. */
export async function fillShell(caches: CacheStorage, parts: Build): Promise<void> {
  const shell = await caches.open(SHELL);
  const had = new Set((await shell.keys()).map(({ url }) => new URL(url).pathname));
  // A name with a hash in it needs no second look.
  const wanted = shellOf(parts).filter((path) => !path.includes('/immutable/') || !had.has(path));
  await shell.addAll(wanted);
}

export async function dropOthers(caches: CacheStorage, parts: Build): Promise<void> {
  await drop(await caches.open(SHELL), (path) => !shellOf(parts).includes(path));
  if (await caches.has(SEEN))
    await drop(
      await caches.open(SEEN),
      (path) => path.includes('/immutable/') && !parts.build.includes(path),
    );
}

async function drop(cache: Cache, isOld: (path: string) => boolean): Promise<void> {
  for (const request of await cache.keys())
    if (isOld(new URL(request.url).pathname)) await cache.delete(request);
}
