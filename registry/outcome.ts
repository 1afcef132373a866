// What a command of the registry says.

export interface Outcome {
  /** For programs. */
  readonly fields: object;
  /** For people. */
  readonly text: string;
  /** What is said on stderr, with exit code 1. */
  readonly fault?: string;
}
