import { onceFor } from '../../core/once-for.ts';
import type { Report } from '../../core/report.ts';
import type { Finding, Severity } from '../../core/rule.ts';
import type { NodeSnapshot } from '../../core/snapshot.ts';
import type { Cell } from '../../core/view.ts';

/** What is said of a node, or of one subsystem on it, in one word. */
export type Status = 'unreachable' | 'not read' | 'critical' | 'warning' | 'partial' | 'muted' | 'healthy' | 'absent' | 'unknown';

const CELLS: Record<Status, Cell> = {
  unreachable: { text: '✗ unreachable', role: 'crit' },
  'not read': { text: '✗ not read', role: 'crit' },
  critical: { text: '✗ critical', role: 'crit' },
  warning: { text: '! warning', role: 'warn' },
  partial: { text: '? partial', role: 'muted' },
  unknown: { text: '? unknown', role: 'muted' },
  muted: { text: '· muted', role: 'muted' },
  healthy: { text: '✓ healthy', role: 'ok' },
  absent: { text: '– absent', role: 'faint' },
};

/** The status with its sign and colour. */
export function statusCell(status: Status): Cell {
  return CELLS[status];
}

const SEVERITY_CELLS: Record<Severity, Cell> = {
  critical: CELLS.critical,
  warning: CELLS.warning,
  info: { text: 'i info', role: 'muted' },
};

/** A finding's own status: its severity, or that it is pending or muted. */
export function findingCell({ severity, state }: Finding): Cell {
  if (state === 'firing') return SEVERITY_CELLS[severity];
  return state === 'pending' ? { text: '· pending', role: 'muted' } : CELLS.muted;
}

/** Failures before anybody on the node could answer. */
const NEVER_THERE: ReadonlySet<string> = new Set(['dns', 'refused', 'reset', 'unreachable', 'timeout', 'handshake', 'hung']);

/** The worst of what is known of a node; healthy only if everything was read. */
export function nodeStatus(node: NodeSnapshot, findings: readonly Finding[]): Status {
  if (node.report === null) return NEVER_THERE.has(node.failure?.cause ?? '') ? 'unreachable' : 'not read';
  const worst = worstOf(findings.filter((finding) => finding.node === node.name));
  if (worst !== null) return worst;
  return unreadCount(node) > 0 ? 'partial' : 'healthy';
}

/** The same for one subsystem of the node. */
export function subsystemStatus(node: NodeSnapshot, name: string, findings: readonly Finding[]): Status {
  const state = node.report?.states[name];
  if (state === undefined || state === 'unknown') return 'unknown';
  const own = findings.filter((finding) => finding.node === node.name && finding.subsystem === name);
  const worst = worstOf(own);
  if (worst !== null) return worst;
  if (state === 'absent') return 'absent';
  if (own.some((finding) => finding.state === 'muted')) return 'muted';
  return node.report !== null && partlyUnread(node.report).has(name) ? 'partial' : 'healthy';
}

/** Sections of which something could not be read. */
const partlyUnread = onceFor(
  ({ unknown }: Report): ReadonlySet<string> =>
    new Set(unknown.flatMap(({ path, kind }) => (kind === 'absent' ? [] : [path.split(/[.[]/, 1)[0] ?? '']))),
);

/** Whether a path such as `system.filesystems[0].mount` lies in the section. */
export function belongsTo(path: string, section: string): boolean {
  return path === section || path.startsWith(`${section}.`) || path.startsWith(`${section}[`);
}

function worstOf(findings: readonly Finding[]): 'critical' | 'warning' | null {
  const firing = findings.filter(({ state }) => state === 'firing');
  if (firing.some(({ severity }) => severity === 'critical')) return 'critical';
  return firing.some(({ severity }) => severity === 'warning') ? 'warning' : null;
}

/** Whether endpoints alone were asked from here, and nothing of the machine itself. */
export function isPlaceToLookFrom({ via, report }: NodeSnapshot): boolean {
  return via === 'local' && report?.states['system'] === 'absent';
}

/** How many things on the node could not be read; what is merely not there does not count. */
export function unreadCount({ report }: NodeSnapshot): number {
  return report === null ? 0 : reasonsIn(report);
}

const reasonsIn = onceFor(
  ({ unknown }: Report) => new Set(unknown.flatMap(({ kind, reason }) => (kind === 'absent' ? [] : [reason]))).size,
);
