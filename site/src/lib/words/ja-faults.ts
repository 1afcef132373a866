// What the API says of a value, in Japanese: the sentences of contract/features/encode-row.ts and lib/draft.ts.

const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/^is needed$/, '値を入力してください'],
  [/^is missing$/, '値がありません'],
  [/^must be an object of features$/, '特徴量のオブジェクトで指定してください'],
  [/^is not a feature of this model$/, 'このモデルの特徴量ではありません'],
  [/^must be a number, not .+$/, '数値で指定してください'],
  [/^must be a finite float32 number$/, 'float32 で表せる有限の数値を指定してください'],
  [/^must be a string, not .+$/, '文字列で指定してください'],
  [/^must be true or false, not .+$/, 'true か false で指定してください'],
  [
    /^must be a day of the calendar as YYYY-MM-DD$/,
    '実在する日付を YYYY-MM-DD の形式で指定してください',
  ],
  [/^is a category the model was not trained on$/, '学習データにないカテゴリです'],
  [
    /^is outside of what the model was trained on: (.+) to (.+)$/,
    '学習データの範囲（$1 ～ $2）の外にある値です',
  ],
];

/** Null for what has no sentence here. */
export function faultInJapanese(detail: string): string | null {
  const known = FAULTS.find(([pattern]) => pattern.test(detail));
  return known === undefined ? null : detail.replace(...known);
}
