// A candidate in a line: `linear, l2 0.03`.

interface Named {
  readonly algorithm: string;
  readonly parameters: object;
}

/** `only` keeps the parameters that tell it apart from others. */
export function candidateText(
  { algorithm, parameters }: Named,
  only: (name: string) => boolean = () => true,
): string {
  const words = Object.entries(parameters)
    .filter(([name]) => only(name))
    .map(([name, value]) => `${name} ${String(value)}`);
  return [algorithm, ...words].join(', ');
}
