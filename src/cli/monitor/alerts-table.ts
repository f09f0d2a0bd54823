import type { Finding } from '../../core/rule.ts';
import type { Row, Table } from '../../core/view.ts';
import { findingCell } from './status.ts';

/** Findings as one sentence each, worst first. */
export function alertsTable(findings: readonly Finding[]): Table {
  return {
    kind: 'table',
    columns: [
      { title: 'Alerts', min: 8, max: 24, priority: 1 },
      { title: 'STATUS', min: 13, priority: 1 },
      { title: 'WHAT', min: 40, priority: 1 },
    ],
    count: String(findings.length),
    rows: findings.map(row),
    note: '',
  };
}

function row(finding: Finding): Row {
  const strong = finding.severity === 'critical' && finding.state === 'firing';
  return { cells: [finding.node, findingCell(finding)], across: { text: finding.message, role: strong ? 'strong' : 'plain' } };
}
