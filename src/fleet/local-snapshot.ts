import type { Report } from '../core/report.ts';
import type { NodeSnapshot } from '../core/snapshot.ts';
import type { NodeConfig } from './node-config.ts';

/** This machine, asked without any connection: all of it, or what only it asks for the fleet. */
export async function localSnapshot({ name, host, environment, role, tags, groups, checks }: NodeConfig): Promise<NodeSnapshot> {
  const { localReport } = await import('../agent/report.ts');
  const asked_at_ms = Date.now();
  const report = checks === undefined ? await localReport() : await checksAlone(await localReport(['checks'], checks));
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

/** Nobody asks what else this machine is; it may well be a node by another name. */
async function checksAlone(report: Report): Promise<Report> {
  const { SECTIONS } = await import('../subsystems/sections.gen.ts');
  const others = Object.keys(SECTIONS).filter((name) => !(name in report.states));
  return {
    ...report,
    machine_id: null,
    states: { ...Object.fromEntries(others.map((name) => [name, 'absent' as const])), ...report.states },
    ...Object.fromEntries(others.map((name) => [name, null])),
  };
}
