// Which bucket and with which keys: from the environment, never from the command line, where others could read them.

export interface S3Settings {
  /** Origin of the S3 API, without a slash at its end. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** R2's is `auto`, which is also what counts when it is not said. */
  readonly region?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws with the names of all variables that are missing. R2_ENDPOINT stands in for the account's own address. */
export function parseS3Settings(environment: Environment): S3Settings {
  const endpoint = environment.R2_ENDPOINT ?? '';
  const names = ['R2_ACCESS_KEY_ID', 'R2_SECRET_ACCESS_KEY', 'R2_BUCKET'];
  if (endpoint === '') names.unshift('R2_ACCOUNT_ID');
  const missing = names.filter((name) => (environment[name] ?? '') === '');
  if (missing.length > 0) throw new Error(`environment lacks what R2 needs: ${missing.join(', ')}`);
  const url = endpoint === '' ? accountAddress(environment.R2_ACCOUNT_ID!) : endpoint;
  if (!URL.canParse(url)) throw new Error(`R2_ENDPOINT is no address: ${url}`);
  return {
    endpoint: url.replace(/\/+$/, ''),
    bucket: environment.R2_BUCKET!,
    accessKeyId: environment.R2_ACCESS_KEY_ID!,
    secretAccessKey: environment.R2_SECRET_ACCESS_KEY!,
  };
}

function accountAddress(account: string): string {
  if (!/^[0-9a-f]{32}$/.test(account))
    throw new Error('R2_ACCOUNT_ID is not the 32 hex digits of an account');
  return `https://${account}.r2.cloudflarestorage.com`;
}
