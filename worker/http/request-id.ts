// X-Request-Id: the client's when it is one, else a new one; on every answer, whatever its status.

/** Printable, short, and nothing that could end a header or a log line early. */
const REQUEST_ID = /^[A-Za-z0-9._:/+=@-]{1,128}$/;

export const REQUEST_ID_HEADER = 'x-request-id';

export function requestIdOf(request: Request): string {
  const given = request.headers.get(REQUEST_ID_HEADER);
  return given !== null && REQUEST_ID.test(given) ? given : crypto.randomUUID();
}
