// What the service worker answers a page: the network's answer whenever there is one, and what is kept where there is none.

import { pageOf, ruleOf, SEEN, SHELL } from './stores.ts';

/** What is read of the API is kept up to this many answers, the latest. */
const KEPT = 150;

export interface Surroundings {
  readonly caches: CacheStorage;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly origin: string;
}

/** Null where the browser is to go on as if nobody had asked. */
export function answerRequest(request: Request, around: Surroundings): Promise<Response> | null {
  switch (ruleOf(request, around.origin)) {
    case 'network':
      return null;
    case 'immutable':
      // The name of the file is the hash of what is in it.
      return around.caches.match(request).then((kept) => kept ?? around.fetch(request));
    case 'page':
      return answerPage(request, around);
    case 'seen':
      return answerSeen(request, around);
  }
}

async function answerPage(request: Request, { caches, fetch }: Surroundings): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const shell = await caches.open(SHELL);
    const { pathname } = new URL(request.url);
    const kept = (await shell.match(pageOf(pathname))) ?? (await shell.match('/offline'));
    if (kept === undefined) throw error;
    return kept;
  }
}

async function answerSeen(request: Request, { caches, fetch }: Surroundings): Promise<Response> {
  const seen = (await caches.has(SEEN)) ? await caches.open(SEEN) : null;
  try {
    const response = await fetch(request);
    const mayKeep = response.ok && !/no-store/.test(response.headers.get('cache-control') ?? '');
    if (seen !== null && mayKeep) await keep(seen, request, response.clone());
    return response;
  } catch (error) {
    const kept = await seen?.match(request);
    if (kept === undefined) throw error;
    return kept;
  }
}

async function keep(seen: Cache, request: Request, response: Response): Promise<void> {
  // What is put again goes to the end: the first are those that were not read for longest.
  await seen.delete(request);
  await seen.put(request, response);
  const answers = (await seen.keys()).filter(({ url }) => !url.includes('/_app/immutable/'));
  for (const old of answers.slice(0, Math.max(0, answers.length - KEPT))) await seen.delete(old);
}
