import type { NodeSnapshot } from '../core/snapshot.ts';
import type { NodeConfig } from './node-config.ts';

/** This machine, asked without any connection. */
export async function localSnapshot({ name, host, environment, role, tags, groups }: NodeConfig): Promise<NodeSnapshot> {
  const { localReport } = await import('../agent/report.ts');
  const asked_at_ms = Date.now();
  const report = await localReport();
  return {
    ...{ name, host, environment, role, tags, groups },
    via: 'local',
    profile: report.profile === 'orama' ? 'orama' : 'default',
    report,
    failure: null,
    asked_at_ms,
    answered_at_ms: Date.now(),
    notes: [],
  };
}
