// Server-Timing (W3C): how long the model took to load and to run, in milliseconds. A deployed Worker's clock stands still
// while it computes, so that there `run` is 0 and only waiting shows.

export const serverTiming = (loadMilliseconds: number, runMilliseconds: number): string =>
  `load;dur=${loadMilliseconds.toFixed(3)}, run;dur=${runMilliseconds.toFixed(3)}`;
