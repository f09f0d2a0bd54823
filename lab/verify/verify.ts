import { aligned } from '../../scripts/aligned.ts';
import { AGENT } from '../agent.ts';
import { LabError, run } from '../run.ts';
import { sshWords, UNATTENDED } from '../ssh.ts';
import { type LabHost, theLab } from '../state.ts';
import { clusterOf } from './cluster.ts';
import { compare, type Row } from './compare.ts';
import { DNS } from './dns.ts';
import type { Figure, Json } from './figure.ts';
import { NETWORK } from './network.ts';
import { PROCESSES } from './processes.ts';
import { servicesOf } from './services.ts';
import { SYSTEM } from './system.ts';
import { told } from './told.ts';
import { wireguardOf } from './wireguard.ts';

/** Fewer fields than this would be no proof. */
const LEAST = 120;

/** What is run on a host for its report, where nobody says otherwise. */
const REPORT = ['node', AGENT, 'report', '--json'];

/** Holds every host's report against what its own programs say, and prints both; gives whether all is equal. */
export function verify(words: readonly string[]): boolean {
  const { hosts } = theLab();
  const verdicts = hosts.map((host) => {
    const rows = lookedAt(host, words.length > 0 ? words : REPORT);
    const unequal = rows.filter(({ equal }) => !equal);
    process.stdout.write(`${host.name}\n${table(rows)}\n${rows.length - unequal.length} of ${rows.length} fields are equal\n\n`);
    return unequal.length === 0 && rows.length >= LEAST;
  });
  return verdicts.every(Boolean);
}

/** What moves between two looks on a busy machine is equal in one of so many. */
const LOOKS = 4;

/** All fields of one host, each beside what the host's own programs say. What moved between the two looks is looked at again. */
export function lookedAt(host: LabHost, words: readonly string[] = REPORT): Row[] {
  const { hosts, kind } = theLab();
  // What moves most is asked first, right after the report.
  const figures = [
    ...wireguardOf(host, hosts, kind),
    ...PROCESSES,
    ...NETWORK,
    ...clusterOf(host, kind),
    ...SYSTEM,
    ...servicesOf(kind),
    ...DNS,
  ];
  let rows = look(host, words, figures);
  for (let looks = 1; looks < LOOKS && rows.some(({ equal }) => !equal); looks += 1) {
    const again = look(host, words, figures);
    rows = rows.map((row, at) => (row.equal ? row : (again[at] ?? row)));
  }
  return rows;
}

function look(host: LabHost, words: readonly string[], figures: readonly Figure[]): Row[] {
  const report = parsed(run(sshWords(host, words, UNATTENDED), { limit_s: 20 }), host);
  return compare(report, figures, told(host, [...new Set(figures.map(({ command }) => command))]));
}

function parsed(text: string, { name }: LabHost): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new LabError(`what ${name} prints is no report: ${text.slice(0, 80)}`);
  }
}

function table(rows: readonly Row[]): string {
  const cells = rows.map(({ path, ward, host, within, equal }) => [
    path,
    shown(ward),
    shown(host),
    within === 0 ? '' : `± ${within}`,
    equal ? 'equal' : 'UNEQUAL',
  ]);
  return aligned([['FIELD', 'WARD', 'HOST', 'MAY MOVE', 'VERDICT'], ...cells]);
}

/** Lists are told by their beginning. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '–');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
