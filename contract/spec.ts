// A model as a person specifies it in models/<name>/spec.ts: what to learn from which dataset, and how.

/** What every algorithm may be told beside its own parameters. */
interface Common {
  /** Rows of rare labels count more, so that each label weighs as much as the others. */
  readonly class_weight?: 'balanced';
}

export interface TreeParameters extends Common {
  readonly max_depth: number;
  /** A node with this many rows or fewer becomes a leaf. */
  readonly min_rows: number;
  /** Rows added to each node, spread as its parent's are (at the root evenly); 0 leaves the counts as they are. */
  readonly smoothing: number;
  /** Impurity a split must take away to stay, as a share of the root's (cost-complexity pruning); absent for none. */
  readonly pruning?: number;
}

export interface ForestParameters extends Common {
  readonly trees: number;
  readonly max_depth: number;
  readonly min_rows: number;
  readonly smoothing: number;
  /** Share of the features that each split may choose from. */
  readonly feature_share: number;
  /** Whether each tree learns from rows drawn with replacement. */
  readonly bootstrap: boolean;
}

export interface BoostingParameters extends Common {
  readonly rounds: number;
  readonly learning_rate: number;
  readonly max_leaves: number;
  /** Rows that a leaf has at least. */
  readonly leaf_rows: number;
  /** Added to the hessian of each leaf: draws its value toward 0. */
  readonly l2: number;
  /** Share of the rows that each round learns from. */
  readonly subsample: number;
  /** Share of the features that each tree may choose from; all when not said. */
  readonly feature_share?: number;
  /** Rounds without improvement on a tenth of the rows, kept out, after which it stops; 0 learns from all rows, all rounds. */
  readonly patience: number;
}

export interface LinearParameters extends Common {
  /** Weight of half the squared weights beside the sum of the rows' losses. */
  readonly l2: number;
}

export interface BoostedLinearParameters extends BoostingParameters {
  /** `l2` of the linear model that boosting starts from. */
  readonly linear_l2: number;
}

/** Parameters by algorithm. */
export interface Algorithms {
  readonly tree: TreeParameters;
  readonly forest: ForestParameters;
  readonly boosting: BoostingParameters;
  readonly linear: LinearParameters;
  readonly boosted_linear: BoostedLinearParameters;
}

export type Algorithm = keyof Algorithms;

export type Candidate = {
  readonly [Name in Algorithm]: {
    readonly algorithm: Name;
    readonly parameters: Algorithms[Name];
  };
}[Algorithm];

/** Parameters with one value or a list of values to try. */
type Grid<Parameters> = {
  readonly [Name in keyof Parameters]:
    Parameters[Name] | readonly Exclude<Parameters[Name], undefined>[];
};

/** Stands for every combination of the values in its lists. */
export type CandidateGrid = {
  readonly [Name in Algorithm]: {
    readonly algorithm: Name;
    readonly parameters: Grid<Algorithms[Name]>;
  };
}[Algorithm];

/** What candidates are compared by, on rows they have not seen. */
export type SelectionMetric = 'log_loss' | 'accuracy' | 'macro_f1' | 'rmse' | 'mae';

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
  /** Times the folds are dealt anew; once when not said. */
  readonly repeats?: number;
  /** Folds of each fold's training rows, in which a candidate is chosen without a look at what is held out; 3 when not said. */
  readonly inner_folds?: number;
  /** log_loss for labels and rmse for a number when not said. */
  readonly metric?: SelectionMetric;
  /** A column of numbers, none below 0: how much each row counts when a model is fitted. */
  readonly weights?: string;
  /** What is tried. The first is what a quick run takes. */
  readonly candidates: readonly CandidateGrid[];
  /** What a version may weigh at the edge (docs/decisions say where the numbers come from). */
  readonly budget: { readonly nodes: number; readonly bytes: number };
  /**
   * What a version must gain over the champion on the rows both held out: log-loss in nats, or RMSE in the target's
   * unit. 0 when not said: at least as good. A little below 0 lets versions pass that are as good but for chance.
   */
  readonly gate?: { readonly margin: number };
}
