// 画面の言葉、日本語。Every word of the pages, in Japanese, in the shape of en.ts.

import { numbersIn } from '../numbers.ts';
import type { Words } from './en.ts';

const numbers = numbersIn('ja', {
  underMillisecond: '1 ms 未満',
  seconds: (number) => `${number} 秒`,
  bytes: (number) => `${number} バイト`,
});
const { count } = numbers;

export const ja: Words = {
  tag: 'ja',
  numbers,

  frame: {
    product: 'Gharial は、表データをエッジで動く予測 API と Web ページに変えます。',
    skip: '本文へ移動',
    pages: 'ページ一覧',
    predict: '予測',
    batch: '一括予測',
    models: 'モデル',
    data: 'データ',
    reference: 'API',
    docs: 'ドキュメント',
  },

  needsScript: {
    why: 'このページはブラウザーから API に問い合わせるため、JavaScript が必要です。API 自体には不要です：',
    models: 'で、このサーバーのモデルを一覧できます。',
  },

  models: {
    title: 'モデル',
    description: 'このサーバーのモデルと、それぞれの公開中のバージョン。',
    lead: 'このサーバーで公開されているモデルと、応答しているバージョンの一覧です。',
    tasks: { classification: '分類', regression: '回帰' },
    versions: (number) => `${count(number)} バージョン`,
    version: (version) => `バージョン ${version}`,
    live: '公開中',
    noneLive: '公開中のバージョンはまだありません。',
    ask: '1 行を予測する',
  },
};
