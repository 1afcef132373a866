// Where objects are shared: a folder, or a bucket. One interface, a file for each.

export interface RemoteObjects {
  /** For messages. */
  readonly location: string;
  /** Those of `names` that are there. */
  present(names: readonly string[]): Promise<ReadonlySet<string>>;
  /** Sends the file, which has the bytes that `name` says. */
  send(name: string, file: string): Promise<void>;
  /** Writes the object into `file`, unchecked. Answers false when there is no such object. */
  fetch(name: string, file: string): Promise<boolean>;
}
