// Rows → a body of NDJSON, made as it is sent. Rows that are there at once travel together: a chunk for each would cost more
// than the row.

import type { PredictRequest } from '#contract/predict.ts';

export type Row = PredictRequest['rows'][number];

/** Characters after which a chunk is sent although more rows are there. */
const CHUNK = 65_536;

/** Rows that come slowly are sent as they come. Cancelling the body ends the iteration. */
export function rowStream(
  rows: AsyncIterable<Row> | Iterable<Row>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const iterator: AsyncIterator<Row> | Iterator<Row> =
    Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  let waiting: Promise<IteratorResult<Row>> | null = null;
  const next = (): Promise<IteratorResult<Row>> => (waiting ??= Promise.resolve(iterator.next()));
  return new ReadableStream({
    async pull(controller) {
      let result: IteratorResult<Row> | null = await next();
      let text = '';
      const moment = new Promise<null>((resolve) => setTimeout(resolve, 0, null));
      while (result !== null && result.done !== true) {
        waiting = null;
        text += `${JSON.stringify(result.value)}\n`;
        if (text.length >= CHUNK) break;
        result = await Promise.race([next(), moment]);
      }
      if (text !== '') controller.enqueue(encoder.encode(text));
      if (result?.done === true) controller.close();
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
