// The one error of this client: no answer came, the answer says no, or it cannot be read.

interface ClientErrorOptions extends ErrorOptions {
  readonly status?: number;
  readonly requestId?: string | null;
  readonly body?: string;
}

export class ClientError extends Error {
  /** The answer's HTTP status; 0 when the request could not be made or nothing answered. */
  readonly status: number;
  /** The answer's X-Request-Id, to be named to whoever keeps the server; null when it has none. */
  readonly requestId: string | null;
  /** What the server answered, as it came; empty when it said nothing. Of `/v1` it is a problem (RFC 9457). */
  readonly body: string;

  constructor(message: string, options: ClientErrorOptions = {}) {
    super(message, options);
    this.name = 'ClientError';
    this.status = options.status ?? 0;
    this.requestId = options.requestId ?? null;
    this.body = options.body ?? '';
  }
}

const MESSAGE_CHARACTERS = 1_000;

/** What a server says went wrong, in whichever form it says it. */
export async function errorOf(response: Response): Promise<ClientError> {
  const text = await response.text().catch(() => '');
  return new ClientError(messageOf(text) || `the server answered ${response.status}`, {
    status: response.status,
    requestId: response.headers.get('x-request-id'),
    body: text,
  });
}

/** `error` is the Open Inference Protocol's, `detail` RFC 9457's and FastAPI's, `message` MLflow's. */
function messageOf(text: string): string {
  try {
    const { error, detail, message } = (JSON.parse(text) ?? {}) as Record<string, unknown>;
    const said = [error, detail, message].find((words) => typeof words === 'string');
    if (typeof said === 'string') return said;
  } catch {
    // Not JSON: a proxy's page, or plain text. It is shown as it is.
  }
  return text.trim().slice(0, MESSAGE_CHARACTERS);
}
