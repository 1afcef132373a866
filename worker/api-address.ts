// Which addresses the API answers; the site's files answer the others.

const API =
  /^https?:\/\/[^/?#]+\/(?:(?:v1|v2|problems)(?:[/?#]|$)|api\/2\.0\/mlflow(?:-artifacts)?\/|(?:invocations|ping|health|version)\/?(?:[?#]|$)|openapi\.json(?:[?#]|$))/;

/** `url` is a request's. The same addresses as `run_worker_first` in wrangler.toml. */
export const isApiAddress = (url: string): boolean => API.test(url);
