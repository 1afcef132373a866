// A model as a person specifies it in models/<name>/spec.ts: what to learn from which dataset, and how.

export interface TreeCandidate {
  readonly algorithm: 'tree';
  readonly parameters: {
    readonly max_depth: number;
    /** A node with this many rows or fewer becomes a leaf. */
    readonly min_rows: number;
    /** Rows added to each node, spread as its parent's are (at the root evenly); 0 leaves the counts as they are. */
    readonly smoothing: number;
  };
}

export type Candidate = TreeCandidate;

export interface ModelSpec {
  /** The name in the registry and in URLs. */
  readonly model: string;
  readonly title: string;
  readonly description: string;
  /** The folder under data/. */
  readonly dataset: string;
  /** Column names, as in the dataset's schema. */
  readonly target: string;
  readonly features: readonly string[];
  /** Categories a feature may have: the ones with most rows; the others are all "unknown". 100 when not said. */
  readonly max_categories?: number;
  readonly seed: number;
  /** Stratified folds of the cross-validation. */
  readonly folds: number;
  readonly candidate: Candidate;
  /** What a version may weigh at the edge (docs/decisions say where the numbers come from). */
  readonly budget: { readonly nodes: number; readonly bytes: number };
  /**
   * What a version must gain over the champion on the rows both held out: log-loss in nats, or RMSE in the target's
   * unit. 0 when not said: at least as good. A little below 0 lets versions pass that are as good but for chance.
   */
  readonly gate?: { readonly margin: number };
}
