// The six data-quality checks of SageMaker Model Monitor, under its names, of live rows against constraints that the training
// rows suggest.

export type CheckName =
  | 'data_type_check'
  | 'completeness_check'
  | 'baseline_drift_check'
  | 'missing_column_check'
  | 'extra_column_check'
  | 'categorical_values_check';

export interface Constraint {
  readonly name: string;
  readonly inferred_type: 'Integral' | 'Fractional' | 'String' | 'Unknown';
  /** Share of values that are not missing: 0 to 1. */
  readonly completeness: number;
  readonly is_non_negative: boolean;
  /** The categories that are known; null for numbers. */
  readonly domain: readonly string[] | null;
}

export interface Violation {
  readonly feature_name: string;
  readonly constraint_check_type: CheckName;
  readonly description: string;
}

type Cell = string | number | boolean | null | undefined;

/** A table by column; undefined and null are missing values. */
export type TableColumns = Readonly<Record<string, readonly Cell[]>>;

export interface QualityOptions {
  /** Share of values that must have the constraint's type. */
  readonly data_type_threshold: number;
  /** Share of categories that must be known. */
  readonly domain_threshold: number;
  /** What the distance of a column may be. */
  readonly drift_threshold: number;
  /** Distance of a column from the reference, 0 to 1; empty when none is known. */
  readonly distances: Readonly<Record<string, number>>;
}

export const DEFAULT_QUALITY: QualityOptions = {
  data_type_threshold: 1,
  domain_threshold: 1,
  drift_threshold: 0.1,
  distances: {},
};

/** Constraints that `columns` hold. */
export function suggestConstraints(columns: TableColumns): readonly Constraint[] {
  return Object.entries(columns).map(([name, cells]) => {
    const known = cells.filter(isKnown);
    const types = new Set(known.map(typeOf));
    const inferred = inferredType(types);
    const numbers = inferred === 'Integral' || inferred === 'Fractional';
    return {
      name,
      inferred_type: inferred,
      completeness: cells.length === 0 ? 0 : known.length / cells.length,
      is_non_negative: numbers && known.every((cell) => Number(cell) >= 0),
      domain: inferred === 'String' ? [...new Set(known.map(String))].sort() : null,
    };
  });
}

/** What `columns` break, by constraint in order, then columns that no constraint knows. */
export function checkQuality(
  constraints: readonly Constraint[],
  columns: TableColumns,
  options: QualityOptions = DEFAULT_QUALITY,
): readonly Violation[] {
  const extra = Object.keys(columns)
    .filter((name) => !constraints.some((constraint) => constraint.name === name))
    .map((name) => violation(name, 'extra_column_check', 'the reference has no such column'));
  return [...constraints.flatMap((one) => checkColumn(one, columns, options)), ...extra];
}

function checkColumn(
  constraint: Constraint,
  columns: TableColumns,
  options: QualityOptions,
): readonly Violation[] {
  const { name } = constraint;
  if (!Object.hasOwn(columns, name))
    return [violation(name, 'missing_column_check', 'the column is missing')];
  const cells = columns[name]!;
  const known = cells.filter(isKnown);
  const distance = options.distances[name] ?? 0;
  const completeness = cells.length === 0 ? 1 : known.length / cells.length;
  const typed = shareOf(known, (cell) => fits(constraint.inferred_type, cell));
  const inDomain = shareOf(known, (cell) => constraint.domain?.includes(String(cell)) ?? true);
  const isNegative = constraint.is_non_negative && known.some((cell) => Number(cell) < 0);
  return [
    typed < options.data_type_threshold &&
      violation(
        name,
        'data_type_check',
        `${percent(typed)} of the values are ${constraint.inferred_type}, at least ${percent(options.data_type_threshold)} must be`,
      ),
    isNegative && violation(name, 'data_type_check', 'there are values below 0'),
    completeness < constraint.completeness &&
      violation(
        name,
        'completeness_check',
        `${percent(completeness)} of the values are there, at least ${percent(constraint.completeness)} must be`,
      ),
    distance > options.drift_threshold &&
      violation(
        name,
        'baseline_drift_check',
        `the distance from the reference is ${distance.toPrecision(3)}, at most ${options.drift_threshold} is allowed`,
      ),
    inDomain < options.domain_threshold &&
      violation(
        name,
        'categorical_values_check',
        `${percent(inDomain)} of the values are known categories, at least ${percent(options.domain_threshold)} must be`,
      ),
  ].filter((found) => found !== false);
}

const violation = (
  feature_name: string,
  constraint_check_type: CheckName,
  description: string,
): Violation => ({ feature_name, constraint_check_type, description });

const isKnown = (cell: Cell): cell is string | number | boolean =>
  cell !== null && cell !== undefined && !Number.isNaN(cell);

function typeOf(cell: string | number | boolean): Constraint['inferred_type'] {
  if (typeof cell !== 'number') return 'String';
  return Number.isInteger(cell) ? 'Integral' : 'Fractional';
}

function inferredType(
  types: ReadonlySet<Constraint['inferred_type']>,
): Constraint['inferred_type'] {
  if (types.size === 0) return 'Unknown';
  if (types.has('String')) return 'String';
  return types.has('Fractional') ? 'Fractional' : 'Integral';
}

/** Whole numbers are fractional ones too; any value can be a text. */
function fits(type: Constraint['inferred_type'], cell: string | number | boolean): boolean {
  if (type === 'Unknown' || type === 'String') return true;
  const found = typeOf(cell);
  return found === type || (type === 'Fractional' && found === 'Integral');
}

function shareOf<T>(values: readonly T[], accepts: (value: T) => boolean): number {
  return values.length === 0 ? 1 : values.filter(accepts).length / values.length;
}

const percent = (share: number): string => `${Number((share * 100).toFixed(2))} %`;
