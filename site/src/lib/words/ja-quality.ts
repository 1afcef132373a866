// 予測の信頼性の言葉。The words of how far a version can be believed, in Japanese: of the pages of models (model-words.svelte.ts).

import type { QualityWords } from './en-quality.ts';

export const qualityWords: QualityWords = {
  reliability: {
    title: '確信度と正解率',
    lead: (rows) =>
      `検証用の ${rows} 行を、モデルの確信度ごとに分けたもの。破線上では確信度どおりに正解し、破線より下では自信過剰です。点が大きいほど行数が多いことを示します。`,
    off: (share) => `平均のずれは ${share} です。`,
    axisRight: '↑ 正解率（0 ～ 100%）',
    axisSure: '確信度（0 ～ 100%）→',
    sure: '確信度',
    range: (from, to) => `${from} ～ ${to}`,
    rows: '行数',
    mean: '平均確信度',
    right: '正解率',
    verdict: '判定',
    leanings: {
      sure: '自信過剰',
      unsure: '控えめ',
      fair: '確信度どおり',
      few: '行数が少なく判定できません',
    },
    small: 'このバージョンの信頼度曲線',
    both: (here, there) => `信頼度曲線：バージョン ${here} と ${there}`,
  },

  answers: {
    title: '答えに対する実際の値',
    lead: '検証用の行を、答えの順に最大 10 組に分けたもの。破線上では実際の値の半数が答えを上回ります。縦線の範囲に 8 割が入ります。',
    answer: '答え',
    rows: '行数',
    median: '実際の中央値',
    within: '8 割が入る範囲',
    range: (from, to) => `${from} ～ ${to}`,
  },

  mistakes: {
    title: '誤りの違い',
    lead: (here, there) =>
      `検証用の行でのバージョン ${here} と ${there} の比較。件数の差が大きい組から順に示します。`,
    pair: '正解ラベルと予測ラベル',
    taken: (truth, taken) => `${truth} を ${taken} と誤分類`,
    none: '誤りに違いはありません。',
  },
};
