// The bindings and variables of wrangler.toml, as the Worker sees them.

import type { Counter } from './traffic/report.ts';

export interface Env {
  /** The registry: one R2 bucket. */
  readonly MODELS: R2Bucket;
  /** The prerendered site. */
  readonly ASSETS: Fetcher;
  /** Counters of traffic, one a model; without them nothing is counted beyond an isolate, and no canary goes back. */
  readonly TRAFFIC?: { getByName(model: string): Counter };
  /** The model that answers where a door names none; by default the first one that has a champion. */
  readonly DEFAULT_MODEL?: string;
  /** Where the inference runtime is initialised: `start-up` (default) or `first-request`. */
  readonly RUNTIME_START?: string;
  /** Origins that browsers may call the API from, separated by commas, or `*`; by default only its own. */
  readonly CORS_ORIGINS?: string;
  /** SHA-256 hashes of the API keys that are accepted, separated by commas; by default no key is asked for. */
  readonly API_KEYS?: string;
  /** SHA-256 hashes of the tokens that may move aliases, separated by commas; by default the admin routes are not there. */
  readonly ADMIN_TOKEN_SHA256?: string;
  /** Ed25519 public keys (raw, base64), separated by commas: only versions that one of them signed serve; by default all do. */
  readonly TRUSTED_KEYS?: string;
  /** Requests a key or an address may make; by default as many as they like. */
  readonly RATE_LIMIT?: RateLimit;
}
