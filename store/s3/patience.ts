// How long a request may stay silent: a large object may take its time, a dead line may not.

/** Milliseconds. */
export const SILENCE_MS = 60_000;

/** Bytes a millisecond that an upload makes at least. */
const SLOWEST = 50;

export interface Patience {
  readonly signal: AbortSignal;
  /** Something came: the wait begins anew. */
  heard(): void;
  end(): void;
}

/** Aborts its signal when nothing is heard for `silence` ms; before the first answer, `sent` bytes get time to go out. */
export function patience(silence: number, sent: number): Patience {
  const controller = new AbortController();
  const wait = (time: number): NodeJS.Timeout =>
    setTimeout(() => controller.abort(new Error(`nothing was heard for ${time} ms`)), time);
  let timer = wait(silence + Math.ceil(sent / SLOWEST));
  return {
    signal: controller.signal,
    heard() {
      clearTimeout(timer);
      timer = wait(silence);
    },
    end: () => clearTimeout(timer),
  };
}
