// One JSON object per event. Names and versions of models belong here; values of features never do.

/** Writes `{"event": …}`; `event` is in snake_case and the past tense. */
export function log(event: string, fields: Readonly<Record<string, string | number>> = {}): void {
  console.log(JSON.stringify({ event, ...fields }));
}
