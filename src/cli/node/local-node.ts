import type { ProfileName } from '../../core/profile.ts';
import type { Report } from '../../core/report.ts';
import type { NodeSnapshot } from '../../core/snapshot.ts';

/** This machine as a node of a snapshot. */
export function localNode(report: Report, asked: { asked_at_ms: number; answered_at_ms: number }): NodeSnapshot {
  return {
    name: report.hostname ?? 'this machine',
    host: null,
    environment: null,
    role: 'node',
    tags: [],
    groups: [],
    via: 'local',
    profile: report.profile as ProfileName,
    report,
    failure: null,
    ...asked,
    notes: [],
  };
}
