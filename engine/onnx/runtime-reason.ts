// Why onnxruntime refuses a model, in words for whoever brought it: the name of the operator or of the operator set.

const KNOWN_REASONS: readonly (readonly [RegExp, (words: RegExpExecArray) => string])[] = [
  [/No Op registered for (\S+)/, ([, name]) => `there is no operator ${name}`],
  [
    /Could not find an implementation for (\w+)/,
    ([, name]) => `operator ${name} is not in this build`,
  ],
  [/No opset import for domain '([^']+)'/, ([, name]) => `there are no operators of ${name}`],
  [
    /Opset (\d+) is under development.*domain (\S+) is till opset (\d+)/s,
    ([, version, domain, last]) =>
      `operator set ${domain} ${version} is too new: ${last} is the last`,
  ],
];

/** The runtime's own words without the place in its source; names alone where they are known. */
export function runtimeReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  for (const [pattern, say] of KNOWN_REASONS) {
    const words = pattern.exec(text);
    if (words !== null) return say(words);
  }
  const said = text.split('ERROR_MESSAGE: ').at(-1)!;
  return said.replace(/^\/\S+:\d+ .*? : /, '').split('\n')[0]!;
}
