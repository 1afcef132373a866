// 決定木と係数の言葉。The words of a version's trees and coefficients, in Japanese: of the pages of models (model-words.svelte.ts).

import type { TreeWords } from './en-tree.ts';

export const treeWords: TreeWords = {
  tree: {
    title: 'モデルの中身',
    closed: '決定木を分岐ごとにたどれます。線形モデルでは係数を示します。',
    lead: '分岐の条件を言葉で示します。枝が太いほど、多くの学習データの行が通っています。',
    open: (size) => `開く（${size}）`,
    loading: '決定木を読み込んでいます',
    which: '木',
    ofTrees: (count) => `／ ${count}`,
    previous: '前の木',
    next: '次の木',
    answers: (trees) =>
      `モデルの答えは ${trees} 本の木の平均です。葉は、その木 1 本だけの答えです。`,
    margins:
      '木の値を足し合わせます。葉の値は、ラベルの生スコア（対数オッズ）に加わる分であり、確率ではありません。確率は合計から計算されます。',
    parts: '木の値を足し合わせます。葉の値は、答えに加わる分です。',
    beside: '下の係数による分が、木の合計に加わります。',
    name: (tree) => `木 ${tree}`,
    all: 'すべての行',
    rows: (count) => `学習データ ${count} 行`,
    asks: (question) => `${question}は？`,
    onTheWay: 'この行の経路上',
    path: '強調表示：お持ちの行がたどる経路。',
    zoomIn: '拡大',
    zoomOut: '縮小',
    fit: '全体を表示',
    deeper: 'もう 1 段開く',
    fold: 'すべて折りたたむ',
    keys: '矢印キーで移動、Enter で開閉、Home で根へ、+ と − で拡大縮小。ドラッグで動かせます。',
    yes: 'はい',
    no: 'いいえ',
    missing: '不明',
    or: 'または',
    parts_of_day: { year: '年', month: '月', weekday: '曜日（1 が月曜）' },
    not: (names) => `${names} 以外`,
    more: (count) => `ほか ${count} 件`,
  },

  coefficients: {
    title: '各値が加える分',
    leadMargin: (label) =>
      `${label} の生スコア（対数オッズ）に加わる分。数値は、学習データでの最小値から最大値までの変化を示します。`,
    leadValue: '答えに加わる分。数値は、学習データでの最小値から最大値までの変化を示します。',
    label: 'ラベル',
    perUnit: (weight, unit) => `${unit} あたり ${weight}`,
    one: '1 単位',
    missing: '不明',
    intercept: (value) => `${value} から始まります。`,
  },
};
