// X-Request-Id: the client's when it is one, else a new one; on every answer, whatever its status.

/** Printable, short, and nothing that could end a header or a log line early. */
const REQUEST_ID = /^[A-Za-z0-9._:/+=@-]{1,128}$/;

const REQUEST_ID_HEADER = 'x-request-id';

/** What every answer has: its id, and that it is nothing but the type it is said to be. */
export const answerHeaders = (requestId: string): Readonly<Record<string, string>> => ({
  [REQUEST_ID_HEADER]: requestId,
  'x-content-type-options': 'nosniff',
});

/** `answer` with the headers of every answer. */
export async function identified(
  answer: Response | Promise<Response>,
  requestId: string,
): Promise<Response> {
  const response = await answer;
  for (const [name, value] of Object.entries(answerHeaders(requestId)))
    response.headers.set(name, value);
  return response;
}

export function requestIdOf(request: Request): string {
  const given = request.headers.get(REQUEST_ID_HEADER);
  return given !== null && REQUEST_ID.test(given) ? given : crypto.randomUUID();
}
