// The parts of ml-cart that the trainer builds on; the package has no types of its own.

declare module 'ml-cart' {
  /** A 1 × k matrix of ml-matrix. */
  export interface Distribution {
    readonly constructor: DistributionClass;
    readonly columns: number;
    getRow(row: number): number[];
  }

  export interface DistributionClass {
    rowVector(values: ArrayLike<number>): Distribution;
  }

  /** Fields appear in the JSON in the order they are set; a node without children is a leaf. */
  export interface CartNode {
    readonly constructor: CartNodeClass;
    splitValue?: number | undefined;
    splitColumn?: number | undefined;
    gain?: number;
    numberSamples?: number | undefined;
    left?: CartNode;
    right?: CartNode;
    distribution?: Distribution | number;
    classify(row: ArrayLike<number>): Distribution | number;
  }

  export interface CartOptions {
    minNumSamples?: number;
    maxDepth?: number;
    gainThreshold?: number;
  }

  export type CartNodeClass = new (options: CartOptions) => CartNode;

  class DecisionTree {
    options: Required<CartOptions>;
    root: CartNode;
    constructor(options?: CartOptions);
    train(rows: readonly ArrayLike<number>[], target: ArrayLike<number>): void;
    predict(rows: readonly ArrayLike<number>[]): number[];
    toJSON(): unknown;
  }

  export class DecisionTreeClassifier extends DecisionTree {
    static load(model: unknown): DecisionTreeClassifier;
  }

  export class DecisionTreeRegression extends DecisionTree {
    static load(model: unknown): DecisionTreeRegression;
  }
}
