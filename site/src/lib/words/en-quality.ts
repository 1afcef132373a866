// The words of how far a version can be believed, in English: of the pages of models (model-words.svelte.ts). ja-quality.ts has the same shape.

export const qualityWords = {
  reliability: {
    title: 'As sure as it is right',
    lead: (rows: string) =>
      `${rows} held-out rows by how sure it was of them. On the dashed line it is right as often as it says; below it, it is too sure. The larger a dot, the more rows.`,
    off: (share: string) => `On average it is off by ${share}.`,
    axisRight: '↑ how often it was right, 0 to 100%',
    axisSure: 'how sure it was, 0 to 100% →',
    sure: 'It was sure of',
    range: (from: string, to: string) => `${from} to ${to}`,
    rows: 'Rows',
    mean: 'On average',
    right: 'Was right on',
    verdict: 'Which means',
    leanings: {
      sure: 'too sure',
      unsure: 'surer than it says',
      fair: 'as it says',
      few: 'too few rows to tell',
    },
    small: 'The reliability of this version',
    both: (here: string, there: string) => `Reliability: version ${here} and version ${there}`,
  },

  answers: {
    title: 'What was true of what it answered',
    lead: 'Held-out rows, in up to ten groups by the answer. On the dashed line half of the truths are above the answer; eight in ten lie within the line.',
    answer: 'Answer',
    rows: 'Rows',
    median: 'Median of the truth',
    within: 'Eight in ten within',
    range: (from: string, to: string) => `${from} to ${to}`,
  },

  mistakes: {
    title: 'Mistakes that differ',
    lead: (here: string, there: string) =>
      `Held-out rows, version ${here} beside version ${there}: the pairs whose numbers differ most.`,
    pair: 'True label, taken for',
    taken: (truth: string, taken: string) => `${truth}, taken for ${taken}`,
    none: 'Both make the same mistakes.',
  },
};

export type QualityWords = typeof qualityWords;
