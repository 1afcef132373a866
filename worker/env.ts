// The bindings and variables of wrangler.toml, as the Worker sees them.

export interface Env {
  /** The registry: one R2 bucket. */
  readonly MODELS: R2Bucket;
  /** The prerendered site. */
  readonly ASSETS: Fetcher;
  /** The model that answers where a door names none; by default the first one that has a champion. */
  readonly DEFAULT_MODEL?: string;
  /** Where the inference runtime is initialised: `start-up` (default) or `first-request`. */
  readonly RUNTIME_START?: string;
}
