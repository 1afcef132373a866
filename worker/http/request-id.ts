// X-Request-Id: the client's when it is one, else a new one; on every answer, whatever its status.

/** Printable, short, and nothing that could end a header or a log line early. */
const REQUEST_ID = /^[A-Za-z0-9._:/+=@-]{1,128}$/;

const REQUEST_ID_HEADER = 'x-request-id';

/** Answers `request` by `route`, under an id, and as nothing but the type it is said to be. */
export async function withRequestId(
  request: Request,
  route: (requestId: string) => Response | Promise<Response>,
): Promise<Response> {
  const id = requestIdOf(request);
  const response = await route(id);
  response.headers.set(REQUEST_ID_HEADER, id);
  response.headers.set('x-content-type-options', 'nosniff');
  return response;
}

function requestIdOf(request: Request): string {
  const given = request.headers.get(REQUEST_ID_HEADER);
  return given !== null && REQUEST_ID.test(given) ? given : crypto.randomUUID();
}
