// The words of a version's trees and coefficients, in English: of the pages of models (model-words.svelte.ts). ja-tree.ts has the same shape.

export const treeWords = {
  tree: {
    title: 'Inside the model',
    closed: 'Its trees, to walk through split by split; or its coefficients, where it is linear.',
    lead: 'Every split in words. The thicker a branch, the more training rows went that way.',
    open: (size: string) => `Open it (${size})`,
    loading: 'Reading the trees',
    which: 'Tree',
    ofTrees: (count: string) => `of ${count}`,
    previous: 'Previous tree',
    next: 'Next tree',
    answers: (trees: string) =>
      `The model answers the mean of its ${trees} trees; each leaf is one tree’s own answer.`,
    margins:
      'The trees are added up. A leaf is what a tree adds to the raw score (log-odds) of a label: not a probability, which is made of the sums.',
    parts: 'The trees are added up: a leaf is what a tree adds to the value.',
    beside: 'The coefficients below are added to what the trees say.',
    name: (tree: string) => `Tree ${tree}`,
    all: 'All rows',
    rows: (count: string) => `${count} training rows`,
    asks: (question: string) => `${question}?`,
    onTheWay: 'on the way of the row',
    path: 'Marked: the way of the row you came with.',
    zoomIn: 'Nearer',
    zoomOut: 'Further',
    fit: 'Fit',
    deeper: 'One level more',
    fold: 'Fold all',
    keys: 'Arrow keys walk, Enter folds and unfolds, Home goes to the root, + and − zoom. Drag to move.',
    yes: 'yes',
    no: 'no',
    missing: 'not known',
    or: 'or',
    parts_of_day: { year: 'year', month: 'month', weekday: 'weekday (1 is Monday)' },
    not: (names: string) => `not ${names}`,
    more: (count: string) => `and ${count} more`,
  },

  coefficients: {
    title: 'What each value adds',
    leadMargin: (label: string) =>
      `To the raw score (log-odds) of ${label}. Of a number: from its smallest to its largest value in training.`,
    leadValue: 'To the answer. Of a number: from its smallest to its largest value in training.',
    label: 'Label',
    perUnit: (weight: string, unit: string) => `${weight} per ${unit}`,
    one: 'unit',
    missing: 'not known',
    intercept: (value: string) => `It starts from ${value}.`,
  },
};

export type TreeWords = typeof treeWords;
