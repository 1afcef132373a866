// Alerts: what deserves a person's attention, from findings that come again with every look. Pure: alerts and findings in,
// alerts out. Symptoms that begin within an hour are one alert; each opening is notified once.

export type FindingKind =
  'performance_realised' | 'performance_estimated' | 'input_broken' | 'errors' | 'silence';

/** Most pressing first: the first kind among an alert's evidence names it. */
export const KINDS: readonly FindingKind[] = [
  'errors',
  'performance_realised',
  'input_broken',
  'performance_estimated',
  'silence',
];

export interface Finding {
  readonly kind: FindingKind;
  /** The feature it is about; empty for the whole model. */
  readonly subject: string;
  readonly version: string;
  /** One sentence with the figures. */
  readonly detail: string;
}

export interface Evidence extends Finding {
  /** ISO 8601. */
  readonly first_at: string;
  readonly last_at: string;
}

export interface Alert {
  readonly id: string;
  readonly state: 'open' | 'acknowledged' | 'closed';
  readonly opened_at: string;
  readonly acknowledged_at: string | null;
  /** Who acknowledged it. */
  readonly by: string | null;
  readonly closed_at: string | null;
  readonly evidence: readonly Evidence[];
}

const HOUR_MS = 3_600_000;
/** Evidence that begins this soon after an alert opened belongs to it. */
const JOIN_MS = HOUR_MS;
/** An alert closes when none of its evidence was found for so long. */
const QUIET_MS = 24 * HOUR_MS;

/** `opened` are the alerts to notify of. */
export function advanceAlerts(
  alerts: readonly Alert[],
  findings: readonly Finding[],
  now: Date,
): { readonly alerts: readonly Alert[]; readonly opened: readonly Alert[] } {
  const at = now.toISOString();
  let current = [...alerts];
  const fresh: Finding[] = [];
  for (const finding of findings) {
    const index = current.findIndex((alert) => accepts(alert, finding, now));
    if (index < 0) fresh.push(finding);
    else current[index] = withEvidence(current[index]!, finding, at);
  }
  const opened = fresh.length === 0 ? [] : [open(fresh, at)];
  current = current.map((alert) => (isQuiet(alert, now) ? close(alert, at) : alert));
  return { alerts: [...current, ...opened], opened };
}

/** An active alert takes what it has seen already, and what begins within an hour of its opening. */
function accepts(alert: Alert, finding: Finding, now: Date): boolean {
  if (alert.state === 'closed') return false;
  const isRecent = now.getTime() - Date.parse(alert.opened_at) <= JOIN_MS;
  return isRecent || alert.evidence.some((evidence) => isSame(evidence, finding));
}

const isSame = (a: Finding, b: Finding): boolean =>
  a.kind === b.kind && a.subject === b.subject && a.version === b.version;

function withEvidence(alert: Alert, finding: Finding, at: string): Alert {
  const known = alert.evidence.some((evidence) => isSame(evidence, finding));
  const evidence = known
    ? alert.evidence.map((one) =>
        isSame(one, finding) ? { ...one, ...finding, last_at: at } : one,
      )
    : [...alert.evidence, { ...finding, first_at: at, last_at: at }];
  return { ...alert, evidence };
}

function open(findings: readonly Finding[], at: string): Alert {
  return {
    id: `${at.replaceAll(/[-:]|\.\d+/g, '')}-${findings[0]!.kind.replaceAll('_', '-')}`,
    state: 'open',
    opened_at: at,
    acknowledged_at: null,
    by: null,
    closed_at: null,
    evidence: findings.map((finding) => ({ ...finding, first_at: at, last_at: at })),
  };
}

function isQuiet({ state, evidence }: Alert, now: Date): boolean {
  const last = Math.max(...evidence.map(({ last_at }) => Date.parse(last_at)));
  return state !== 'closed' && now.getTime() - last >= QUIET_MS;
}

const close = (alert: Alert, at: string): Alert => ({ ...alert, state: 'closed', closed_at: at });

/** Null when there is no such alert, or it is closed. */
export function acknowledgeAlert(
  alerts: readonly Alert[],
  id: string,
  { by, at }: { readonly by: string; readonly at: string },
): readonly Alert[] | null {
  const found = alerts.find((alert) => alert.id === id && alert.state !== 'closed');
  if (found === undefined) return null;
  const acknowledged: Alert = { ...found, state: 'acknowledged', acknowledged_at: at, by };
  return alerts.map((alert) => (alert === found ? acknowledged : alert));
}

/** Closes the active alerts of versions that do not serve any more. */
export function closeAlertsOf(
  alerts: readonly Alert[],
  isServing: (version: string) => boolean,
  at: string,
): readonly Alert[] {
  return alerts.map((alert) =>
    alert.state !== 'closed' && !alert.evidence.some(({ version }) => isServing(version))
      ? close(alert, at)
      : alert,
  );
}

/** What an alert is called by. */
export const kindOf = ({ evidence }: Pick<Alert, 'evidence'>): FindingKind =>
  KINDS.find((kind) => evidence.some((one) => one.kind === kind)) ?? 'silence';
