import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { AGENT } from '../agent.ts';
import { rootOf } from '../hosts.ts';
import { LabError } from '../run.ts';
import type { LabHost } from '../state.ts';
import { filesOf } from './files-of.ts';
import { differences } from './same-report.ts';
import { AT_LAB, ward } from './ward.ts';

/** What the shell must tell as the agent does, also where there is no perl. */
const SECTIONS = ['hostname', 'machine_id', 'profile', 'expected', 'system', 'services', 'processes', 'network', 'wireguard'];
/** What takes more than small programs. */
const FURTHER = ['cron', 'dns'];

const NODE = '/usr/local/bin/node';
const PERL = '/usr/bin/perl';

/**
 * Hides the agent, then Node.js, then perl too: each time the host is asked by what is left, tells field by field what the agent told, and has no file
 * more than before.
 */
export function checkWithoutAgent(host: LabHost): void {
  const agent = reportOf(host, 'ward');
  const before = filesOf(host);
  without(host, [AGENT], () => mustTell(agent, reportOf(host, 'sent'), [...SECTIONS, ...FURTHER]));
  without(host, [AGENT, NODE], () => mustTell(agent, reportOf(host, 'shell'), [...SECTIONS, ...FURTHER]));
  without(host, [AGENT, NODE, PERL], () => mustTell(agent, reportOf(host, 'shell'), SECTIONS));
  const left = filesOf(host).filter((line) => !before.includes(line));
  if (left.length > 0) throw new LabError(`asking it left behind: ${left.slice(0, 5).join('; ')}`);
}

/** Moved aside where nothing looks for them; they come back whatever happens. */
function without(host: LabHost, paths: readonly string[], work: () => void): void {
  const at = paths.map((path) => join(rootOf(host), path));
  try {
    for (const path of at) renameSync(path, `${path}.hidden`);
    work();
  } finally {
    for (const path of at) if (existsSync(`${path}.hidden`)) renameSync(`${path}.hidden`, path);
  }
}

interface Told {
  via: string;
  report: Readonly<Record<string, unknown>> | null;
}

function reportOf({ name }: LabHost, via: string): NonNullable<Told['report']> {
  const { stdout, stderr } = ward(['monitor', 'node', '--node', name, '--json', ...AT_LAB]);
  const told = (JSON.parse(stdout || '[]') as Told[])[0];
  if (told?.report == null) throw new LabError(`${name} gives no report: ${stderr.trim().slice(-200)}`);
  if (told.via !== via) throw new LabError(`${name} was asked by way of ${told.via}, not of ${via}`);
  return told.report;
}

function mustTell(agent: NonNullable<Told['report']>, other: NonNullable<Told['report']>, sections: readonly string[]): void {
  const unlike = differences(agent, other, sections);
  if (unlike.length > 0) throw new LabError(`the agent's report and the other differ: ${unlike.slice(0, 8).join('; ')}`);
}
