// Who asks, as far as the choice of a version goes: a key that the client chose and keeps, or the request alone.

export const STICKY_HEADER = 'x-gharial-sticky';
const STICKY_COOKIE = /(?:^|;\s*)gharial_sticky=([^;]+)/;

export interface Visitor {
  readonly request: Request;
  readonly requestId: string;
}

/** The header's key, or the cookie's; without either the request's id, which is another one each time. */
export function stickyKey({ request: { headers }, requestId }: Visitor): string {
  const header = headers.get(STICKY_HEADER);
  if (header !== null && header !== '') return header;
  return STICKY_COOKIE.exec(headers.get('cookie') ?? '')?.[1] ?? requestId;
}
