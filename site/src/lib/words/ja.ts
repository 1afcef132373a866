// 画面の言葉、日本語。Every word of the pages, in Japanese, in the shape of en.ts.

import type { Words } from './en.ts';
import { faultInJapanese } from './ja-faults.ts';
import { modelWords } from './ja-models.ts';
import { inUnit, listed, numbers, rows } from './ja-phrases.ts';

const { count, percent, short } = numbers;

export const ja: Words = {
  tag: 'ja',
  numbers,
  ...modelWords,

  frame: {
    product: 'Gharial は、表データをエッジで動く予測 API と Web ページに変えます。',
    skip: '本文へ移動',
    pages: 'ページ一覧',
    predict: '予測',
    batch: '一括予測',
    models: 'モデル',
    data: 'データ',
    reference: 'API',
    docs: '文書',
    crumbs: '現在位置',
    picker: 'モデル',
    model: 'モデル',
    loading: 'モデルを読み込んでいます',
    retry: '再試行',
    offline: 'オフラインです。表示中の内容は最後に取得したものです。',
  },

  needsScript: {
    why: 'このページはブラウザから API に問い合わせるため、JavaScript が必要です。API 自体には必要ありません。',
    models: 'でこのサーバーのモデルを一覧できます。',
  },

  message: {
    home: 'トップページへ',
    nothingHere: 'ページが見つかりません',
    nothingHereText: 'アドレスが間違っているか、ページが移動した可能性があります。',
    broken: 'ページを表示できません',
    brokenText: 'こちら側の問題です。再読み込みで直ることがあります。',
    offline: 'このページは端末に保存されていません',
    offlineText: 'ネットワークに接続されておらず、以前に読み込まれたこともありません。',
  },

  trouble: {
    empty: '公開済みのモデルがまだありません',
    emptyText: 'モデルを学習して公開すると、このページが入力フォームになります。',
    unreachable: 'サーバーに接続できません',
    unreachableText: 'この端末がオフラインか、サーバーが停止しています。',
    unknown: 'サーバーの応答を解釈できません',
    status: (status) => `サーバーが ${status} を返しました`,
    statusText: '表示できる理由は示されていません。',
    tensors: 'このモデルの入力は行ではなくテンソルです',
    tensorsText: (names) => `Open Inference Protocol で ${names} を送ってください。`,
    unreadable: 'ファイルを読み取れません',
    noRows: (file) => `${file} に行がありません。1 行目に列名、2 行目以降にデータが必要です`,
  },

  faults: {
    ofField: (detail) => `${faultInJapanese(detail) ?? detail}。`,
    ofColumn: (name, detail) => `${name}：${faultInJapanese(detail) ?? detail}`,
  },

  copy: {
    copy: 'コピー',
    asCurl: 'curl としてコピー',
    copied: 'コピーしました',
    marked: '選択しました。キーボードでコピーしてください',
    code: 'コード',
    table: '表',
  },

  form: {
    label: '予測する行',
    examples: '例',
    notKnown: '不明',
    chooseOne: '選択してください',
    yes: 'はい',
    no: 'いいえ',
    options: '候補',
    noOption: '該当する候補がありません。',
    slider: (label) => `${label}（スライダー）`,
    trainedOn: (from, to) => `学習範囲 ${from} ～ ${to}`,
  },

  predict: {
    title: '表データからの予測',
    lead: '1 行を入力すると、モデルの予測を表示します。',
    description:
      '表の 1 行についてモデルに問い合わせ、予測とその確からしさ、応答したバージョンを確認できます。',
    answer: '予測結果',
    marked: 'この行は予測できません。印の付いた項目を確認してください。',
    likeliest: (column) => `可能性の高い順：${column}`,
    others: (number) => `その他 ${count(number)} 件`,
    truth: (target) => `データセットの正解：${target}`,
    answered: {
      edge: { before: 'バージョン', between: 'が', after: 'で応答' },
      here: { before: 'このブラウザのバージョン', between: 'が', after: 'で応答' },
    },
    sureBin: (number, from, to, right) =>
      `検証用の行のうち確率 ${percent(from)} ～ ${percent(to)} で予測した ${rows(number)}では、${percent(right)} が正解でした。`,
    sureMean: (off) => `検証用の行での確率のずれは平均 ${percent(off)} でした。`,
    program: '同じ予測をプログラムから',
  },

  lists: {
    all: (count) => `全 ${count} 件を表示`,
    fewer: '一部だけ表示',
    others: (count) => `ほか ${count} 件の合計`,
    find: '項目を探す',
    allFields: (count) => `全 ${count} 項目`,
    mostFields: '重要な項目のみ',
    shownFields: '表示中の項目',
    first: (shown, total) =>
      `全 ${total} 項目のうち、重要な ${shown} 項目を表示しています。ほかの項目は入力済みの値のままです。`,
    found: (shown, total) => `全 ${total} 項目中 ${shown} 項目。`,
  },

  why: {
    follow: 'この行をモデルの中でたどる',
    title: (label) => `${label ?? 'この値'} と予測した理由`,
    nothing: '情報がない場合',
    answer: '予測結果',
    margin: '値は加算できる生のスコア（対数オッズ）です。確率は加算できません。',
    path: '決定木の経路',
    parts: { year: '年', month: '月', weekday: '曜日' },
    same: (number) => `学習データの ${rows(number)}が同じ経路`,
    relation(step) {
      // A threshold is a float32 just above a value that was seen: six digits say which.
      if ('threshold' in step) return `${step.relation} ${Number(step.threshold.toPrecision(6))}`;
      if ('category' in step)
        return step.relation === 'is' ? `が ${step.category}` : `が ${step.category} 以外`;
      if ('categories' in step)
        return `が ${listed(step.categories)} の${step.relation === 'is one of' ? 'いずれか' : 'いずれでもない'}`;
      return 'が欠損';
    },
  },

  sweep: {
    title: '何が変われば予測が変わるか',
    feature: '変えてみる特徴量',
    overRange: '範囲ごとの予測',
    byCategory: 'カテゴリごとの予測',
    at: (value, unit) => `${value}${inUnit(unit)} のとき`,
    between: (from, to, unit) => `${from} ～ ${to}${inUnit(unit)}`,
    chart: (target, feature) =>
      `${feature} に対する ${target} の変化。同じ内容を下に文字で示します`,
  },

  here: {
    title: 'エッジか、このブラウザか',
    toggle: 'このブラウザでも予測する',
    what: (size) =>
      `同じ model.onnx（${size}）を同じランタイムで実行します。ランタイム（14 MB）は一度だけ読み込みます。`,
    loading: 'ランタイムとモデルを読み込んでいます',
    alone: 'ネットワークがないため、このブラウザだけで予測しています。',
    edge: 'エッジ',
    here: 'このブラウザ',
    thereAndBack: (time) => `往復 ${time}`,
    equal: (number) => `${count(number)} 個の値を比較し、ビット単位で一致しました。`,
    different: (different, all, most) =>
      `${count(all)} 個中 ${count(different)} 個の値が異なります（最大差 ${short(most)}）。`,
  },

  data: {
    title: 'データ',
    description: 'モデルの学習に使われた表を、列ごとに示します。',
    lead: (model) => `${model ?? 'モデル'} の学習データを列ごとに示します。`,
    source: (number, source) => `${rows(number)}。${source}`,
    hash: '元ファイルの SHA-256',
    card: 'データセットカード',
    version: (name) => `バージョン ${name}`,
    features: '特徴量',
    target: '予測対象',
    number: (unit) => `数値${unit === null ? '' : `（${unit}）`}`,
    category: (number) => `カテゴリ（${count(number)} 種類）`,
    label: (number) => `ラベル（${count(number)} 種類）`,
    boolean: 'はい / いいえ',
    date: (from, to) => `日付（${from} ～ ${to}）`,
    nullable: '、不明も可',
    spread: (column, number) => `${column} の分布（${rows(number)}）`,
    shares: (column) => `${column} の割合`,
    range: (from, to, mean, sd) =>
      `${short(from)} ～ ${short(to)}、平均 ${short(mean)} ± ${short(sd)}`,
    neverMissing: '欠損なし',
    missing: (share) => `${percent(share)} の行で欠損`,
    rare: (share) => `まれなため未知扱い ${percent(share)}`,
    asked: (number) => `この画面で予測した ${rows(number)}：`,
    askedRange: (from, to) => (from === to ? from : `${from} ～ ${to}`),
    askedTimes: (name, times) => `${name} ${times} 回`,
  },

  batch: {
    title: '一括予測',
    description: 'CSV ファイルの全行を予測し、結果付きでダウンロードできます。',
    lead: (model) =>
      `CSV ファイルの全行を${model === null ? 'モデル' : ` ${model} `}で予測します。列は名前で対応付け、問題は行ごとに示します。`,
    reading: (share) => `ファイルを読み込んでいます：${percent(share)}`,
    file: 'ファイル',
    drop: 'ここに CSV ファイルをドロップするか、ファイルを選択してください。',
    open: (name) => `${name} を開いています。別のファイルをドロップまたは選択できます。`,
    choose: 'CSV ファイルを選択',
    columns: '列の対応',
    chooseColumn: '列を選択',
    column: (place) => `${place} 列目`,
    noColumn: 'この名前の列がファイルにありません。',
    rows,
    readingRows: '行を確認しています…',
    takesAll: 'すべての行を予測できます。',
    refused: (number) => `${rows(number)}は受け付けられません。`,
    remarkable: (number) => `${rows(number)}に学習データにない値があります。`,
    preview: '行の一覧',
    row: '行',
    remark: '備考',
    where: '予測する場所',
    atEdge: 'エッジ',
    atEdgeNote: '行をこのサーバーの API に送ります。',
    here: 'この端末',
    hereNote: (size) =>
      `ファイルの内容は端末の外に出ません。モデル（${size}）とランタイム（14 MB）を一度だけ読み込みます。`,
    loading: 'ランタイムとモデルを読み込んでいます',
    run: '実行',
    cancel: '中止',
    goOn: '再開',
    predict: (number) => `${rows(number)}を予測`,
    download: (number) => `${count(number)} 件の結果をダウンロード`,
    answered: '予測済みの行',
    done: (number, name) => `${rows(number)}すべてをバージョン ${name} で予測しました。`,
    stopped: (number, all) => `${rows(all)}中 ${rows(number)}で停止しました。`,
    progress: (number, all) => `${count(number)} / ${rows(all)}`,
    rate: (number) => `毎秒 ${rows(number)}`,
    left: (time) => `残り ${time}`,
    spread: '予測の分布',
    shares: 'ラベルの割合',
    histogram: (column, number) => `${column} のヒストグラム（${rows(number)}）`,
    rowsAxis: '行数',
    answers: '予測結果',
    byRow: '行ごとの予測結果',
    probability: '確率',
  },

  reference: {
    title: 'API リファレンス',
    description: 'このサーバーの API の全操作。コマンドはコピーできます。',
    lead: 'このサーバーの API の全操作。コマンドはコピーできます。',
    inWords: '解説',
    find: '操作を検索',
    found: (number) => `${count(number)} 件の操作`,
    none: '該当する操作がありません。',
    shapes: 'スキーマ',
    example: '例',
    takes: 'リクエスト',
    doors: {
      v1: '行を送り、予測を受け取る',
      v2: 'Open Inference Protocol',
      MLflow: 'MLflow と SageMaker',
      documents: 'API 文書',
    },
  },

  docs: {
    title: '文書',
    description: 'Gharial の使い方、API、設計の理由。',
    lead: 'Gharial の使い方、API、設計の理由です。内容はこのサーバーのビルド時点のリポジトリのファイルで、英語で書かれています。',
    documents: '文書一覧',
    guide: 'ガイド',
    datasets: 'データセット',
    decisions: '設計の記録',
    reference: 'API リファレンス',
    search: '文書を検索',
    unreachable: '検索を利用できません。',
    nothing: '一致する文書がありません。',
    found: (number) => `${count(number)} 件`,
  },
};
