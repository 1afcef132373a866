// What CI holds a change against: ratios to hello world of the same minute, of the best round each, with room for a
// busy machine: several times the cost is a mistake somewhere, a tenth more is the weather.

import { GHARIAL, HELLO, HELLO_READS, measurementOf, type Results } from './results.ts';
import { ONE_ROW_16 } from './scenarios.ts';

const MOST_CPU = 5;
const LEAST_REQUESTS = 0.15;

/** A line for each bound that is broken. */
export function brokenBounds(results: Results): readonly string[] {
  const own = measurementOf(results, GHARIAL, ONE_ROW_16)!;
  return [HELLO, HELLO_READS].flatMap((name) => {
    const floor = measurementOf(results, name, ONE_ROW_16)!;
    const requests = own.requests_per_second.high / floor.requests_per_second.high;
    const cpu =
      own.cpu_per_request === null || floor.cpu_per_request === null
        ? 0
        : own.cpu_per_request.low / floor.cpu_per_request.low;
    return [
      ...(cpu > MOST_CPU ? [`CPU per request: ${cpu.toFixed(1)} times ${name}’s`] : []),
      ...(requests < LEAST_REQUESTS ? [`requests/s: ${requests.toFixed(2)} of ${name}’s`] : []),
    ];
  });
}
