// What went wrong at the S3 API, in words that say what to look at. Keys never get into a message.

import type { S3Settings } from './s3-settings.ts';

export class S3Error extends Error {
  readonly status: number;

  constructor(message: string, status: number, options?: ErrorOptions) {
    super(message, options);
    this.name = 'S3Error';
    this.status = status;
  }

  /** Whether another try may well succeed: nobody answered, too many requests, or the service's own fault. */
  get passes(): boolean {
    return [0, 408, 409, 425, 429].includes(this.status) || this.status >= 500;
  }
}

/** By the code in the body of the answer; the rest is said as the service says it. */
const ADVICE: Readonly<Record<string, string>> = {
  NoSuchBucket: 'check R2_BUCKET, or make it: npx wrangler r2 bucket create',
  SignatureDoesNotMatch: 'check R2_SECRET_ACCESS_KEY',
  InvalidAccessKeyId: 'check R2_ACCESS_KEY_ID',
  Unauthorized: 'check R2_ACCESS_KEY_ID and R2_SECRET_ACCESS_KEY',
  AccessDenied: 'the key needs "Object Read & Write" on this bucket',
  RequestTimeTooSkewed: 'check the clock of this machine',
};

/** The error of an answer that is no success; `body` is S3's XML, or whatever a proxy said instead. */
export function s3ErrorOf(status: number, body: string, settings: S3Settings): S3Error {
  const code = /<Code>([^<]+)<\/Code>/.exec(body)?.[1] ?? 'no code';
  const said = /<Message>([^<]+)<\/Message>/.exec(body)?.[1];
  const advice = ADVICE[code];
  const parts = [
    `R2 bucket ${settings.bucket} answers ${status} ${code}`,
    ...(said === undefined ? [] : [said.replace(/\.$/, '')]),
  ];
  const message = `${parts.join(': ')}${advice === undefined ? '' : ` (${advice})`}`;
  return new S3Error(redact(message, settings), status);
}

/** The error of a request that nobody answered. */
export function unreachable(settings: S3Settings, cause: unknown): S3Error {
  const message = `R2 does not answer at ${settings.endpoint}: ${reasonOf(cause)}`;
  return new S3Error(redact(message, settings), 0, { cause });
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}

function redact(message: string, { accessKeyId, secretAccessKey }: S3Settings): string {
  return message.replaceAll(secretAccessKey, '…').replaceAll(accessKeyId, '…');
}
