// モデルとバージョンのページの言葉。The words of the pages of models and versions, in Japanese: a part of ja.ts.

import type { ModelWords } from './en-models.ts';
import { inUnit, listed, numbers, rows } from './ja-phrases.ts';

const { count } = numbers;

const version = (name: string): string => `バージョン ${name}`;

export const modelWords: ModelWords = {
  facts: {
    label: 'このバージョンについて',
    overFolds: (folds, dummy) => `未知の行で ${count(folds)} 分割交差検証。${dummy}`,
    commonest: (figure) => `最頻ラベルを答え続けた場合は ${figure}`,
    mean: (figure) => `平均値を答え続けた場合は ${figure}`,
    trainedOn: '学習データ',
    rows,
    parity: '学習側とエッジの不一致',
    parityRows: (different, all) => `${rows(all)}中 ${count(different)} 行`,
    parityWhen: '公開前に検証済み',
    version: 'バージョン',
    made: (algorithm, day) => `${algorithm}、${day} 作成`,
  },

  metrics: {
    title: '性能',
    lead: (folds) =>
      `学習に使っていない行での成績。${count(folds)} 分割の平均 ± 標準偏差。ダミーモデルはどの行にも同じ答えを返します。`,
    table: '評価指標',
    metric: '指標',
    ours: 'このバージョン',
    dummy: 'ダミーモデル',
    better: { higher: '高いほど良い', lower: '低いほど良い' },
    names: {
      accuracy: '正解率',
      macro_f1: 'マクロ F1',
      log_loss: '対数損失',
      ece: '較正誤差（ECE）',
      rmse: '典型的な誤差（RMSE）',
      mae: '平均絶対誤差',
      r2: '決定係数 R²',
    },
  },

  models: {
    title: 'モデル',
    description: 'このサーバーのモデルと、それぞれの公開中のバージョン。',
    lead: 'このサーバーにあるモデルと、現在応答しているバージョンです。',
    tasks: { classification: '分類', regression: '回帰', tensors: 'テンソル' },
    versions: (number) => `${count(number)} バージョン`,
    version,
    live: '公開中',
    noneLive: '公開中のバージョンはまだありません。',
    ask: '1 行を予測する',
  },

  model: {
    description: 'モデルの公開中のバージョン、全バージョン、変更の履歴。',
    live: '公開中のバージョン',
    tensors: 'このモデルのテンソル（/v2）',
    openapi: 'このモデルの OpenAPI 文書',
    newest: (number) => `新しい順に ${count(number)} 件を表示しています。`,
    versionTitle: version,
    dummy: (figure) => `ダミーモデル ${figure}`,
    history: '履歴',
    made: (name) => `バージョン ${name} を作成`,
    madeOf: (algorithm, number) => `${algorithm}、学習データ ${rows(number)}`,
    became: (name, alias) => `バージョン ${name} が ${alias} に`,
    moved: (alias, from, to) => `${alias} を ${from} から ${to} に変更`,
  },

  version: {
    title: (model, name) => `${model}、バージョン ${name}`,
    description: 'モデルの 1 バージョンの性能、誤りの傾向、ファイル。',
    lives: '特徴量の重要度',
    livesLead: (task) =>
      `特徴量を 1 つシャッフルしたとき、検証用の行の${task === 'classification' ? '対数損失' : ' RMSE '}がどれだけ悪化するか。分割にわたる平均 ± 標準偏差。`,
    tensors: 'テンソル',
    tensorsLead:
      'このモデルには行がないため入力フォームもありません。Open Inference Protocol のクライアントからテンソルを送ります。',
    inputs: '入力',
    outputs: '出力',
    anySize: '任意',
    beside: '別のバージョンとの比較',
    noOther: 'ほかのバージョンはまだありません。',
    compareWith: '比較対象',
    none: 'なし',
    card: 'モデルカード',
    download: 'ダウンロード',
    files: {
      'model.onnx': 'モデル本体。どの ONNX ランタイムでも使えます',
      'tree.json': '決定木と、ONNX に含まれない情報',
      'holdout.json': '各行を検証用にしたときの損失',
      'baseline.json': '学習データの分布',
      'README.md': 'モデルカード',
      'manifest.json': 'このバージョンについての全情報',
    },
  },

  confusion: {
    title: 'どのラベルを取り違えるか',
    none: '検証用の行はすべて正しく分類されました。',
    taken: (truth, taken) => `${truth} を ${taken} と誤分類`,
    times: (number) => `${count(number)} 件`,
    morePairs: (number) => `ほか ${count(number)} 組`,
    shown: (all, shown) =>
      `全 ${count(all)} ラベルのうち、誤りの多い ${count(shown)} ラベルを表示しています。`,
    table: '混同行列',
    caption: '行は正解ラベル、列は予測ラベル。数は検証用の行数。',
    truth: '正解ラベル',
    others: 'その他',
    cell: (truth, taken, number) => `正解 ${truth}、予測 ${taken}：${number}`,
  },

  compare: {
    table: '両バージョンの評価指標',
    which: '判定',
    verdicts: {
      within: '誤差の範囲内',
      better: 'こちらが良い',
      worse: 'こちらが悪い',
    },
    nothing: 'ほかに違いはありません。同じ学習結果です。',
    differs: '相違点',
    algorithm: 'アルゴリズム',
    seed: 'シード',
    rows: '行数',
    data: 'データ',
    source: '出典',
    commit: 'コミット',
    size: 'model.onnx のバイト数',
    inputs: '入力',
    outputs: '出力',
    feature: (name) => `特徴量 ${name}`,
    none: 'なし',
    notThere: 'なし',
    notSaid: '指定なし',
    categories: (number, own) =>
      `${number} カテゴリ${own.length > 0 ? `、こちらのみ：${listed(own)}` : ''}`,
    boolean: 'はい / いいえ',
    range: (from, to, unit) => `${from} ～ ${to}${inUnit(unit)}`,
  },
};
