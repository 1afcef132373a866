// The two stores of this site in the browser's Cache, and what belongs in neither.

/** The pages themselves, as of the build that the service worker came with: filled when it is installed. */
export const SHELL = 'gharial-shell';

/**
 * What was read of the API, and the runtime. It exists once a visitor has asked for answers in this browser: who has not
 * keeps nothing.
 */
export const SEEN = 'gharial-seen';

export type Rule = 'immutable' | 'page' | 'seen' | 'network';

/** How a request of a page is answered. What is sent, and what is asked with a secret, is never kept. */
export function ruleOf(request: Request, origin: string): Rule {
  const { pathname, origin: asked } = new URL(request.url);
  const isPlain =
    request.method === 'GET' &&
    asked === origin &&
    !request.headers.has('authorization') &&
    !request.headers.has('range');
  if (!isPlain) return 'network';
  if (pathname.startsWith('/_app/immutable/')) return 'immutable';
  if (/^\/(v1\/models|openapi\.json|docs-sections\.json)/.test(pathname)) return 'seen';
  if (pathname.endsWith('/__data.json')) return 'seen';
  return request.mode === 'navigate' ? 'page' : 'network';
}

/** The file that stands for an address, as site/_redirects has it. */
export function pageOf(pathname: string): string {
  const path = pathname === '/' ? '/' : pathname.replace(/\/$/, '');
  return path
    .replace(/^\/models\/[^/]+\/[^/]+$/, '/models/_/_')
    .replace(/^\/models\/[^/]+$/, '/models/_');
}
