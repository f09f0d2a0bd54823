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
  const before = filesOf(host);
  mustTell(host, 'sent', [AGENT], [...SECTIONS, ...FURTHER]);
  mustTell(host, 'shell', [AGENT, NODE], [...SECTIONS, ...FURTHER]);
  mustTell(host, 'shell', [AGENT, NODE, PERL], SECTIONS);
  const left = filesOf(host).filter((line) => !before.includes(line));
  if (left.length > 0) throw new LabError(`asking it left behind: ${left.slice(0, 5).join('; ')}`);
}

/** Moved aside where nothing looks for them; they come back whatever happens. */
function without<T>(host: LabHost, paths: readonly string[], work: () => T): T {
  const at = paths.map((path) => join(rootOf(host), path));
  try {
    for (const path of at) renameSync(path, `${path}.hidden`);
    return work();
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

/** What moves on a busy machine is alike in one of so many looks. */
const LOOKS = 3;

/** Asks the host while it lacks these files, and its agent right before and after: what differs from both was told wrong, unless it moved again. */
function mustTell(host: LabHost, via: string, hidden: readonly string[], sections: readonly string[]): void {
  let unlike: string[] = [];
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const before = reportOf(host, 'ward');
    const other = without(host, hidden, () => reportOf(host, via));
    unlike = differences(before, other, sections);
    if (unlike.length === 0) return;
    const after = differences(reportOf(host, 'ward'), other, sections);
    unlike = unlike.filter((each) => after.includes(each));
    if (unlike.length === 0) return;
  }
  throw new LabError(`the agent's report and the other (${via}) differ: ${unlike.slice(0, 8).join('; ')}`);
}
