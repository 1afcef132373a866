// What a registry needs of its storage. One file per driver implements it; one test suite passes over all of them.

export interface StoredObject {
  readonly bytes: Uint8Array;
  /** Changes whenever the bytes do; compared, never read. */
  readonly etag: string;
}

/** Write only if nothing is there yet, or only over the object that was read with this etag. */
export type WriteCondition = 'absent' | { readonly etag: string };

export interface ObjectStore {
  /** For messages: where the objects are, such as `local R2 (gharial-models)`. */
  readonly location: string;
  /** The object at `key`, or null when there is none. */
  get(key: string): Promise<StoredObject | null>;
  /** Writes the whole object or nothing. Answers false, and writes nothing, when `condition` does not hold. */
  put(key: string, bytes: Uint8Array, condition?: WriteCondition): Promise<boolean>;
  /** Every key that starts with `prefix`, in code point order, however many pages that takes. */
  list(prefix: string): Promise<readonly string[]>;
  /** Removes the object; nothing happens when there is none. */
  delete(key: string): Promise<void>;
}

export interface Entry {
  readonly key: string;
  /** When the object was last written. */
  readonly modified: Date;
}

/** A store that knows how old its objects are: what sweeping asks for. */
export interface DatedStore extends ObjectStore {
  /** As `list`, with the time of each object. */
  entries(prefix: string): Promise<readonly Entry[]>;
}
