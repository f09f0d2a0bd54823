import type { Finding } from '../../core/rule.ts';
import type { Steps } from '../../core/steps.ts';
import type { Registered } from '../../core/subsystem.ts';
import { listed } from '../../core/units.ts';
import type { Column } from '../../core/view.ts';
import { findingsOf, shownFindings, shownNodes } from '../../cli/monitor/round.ts';
import { statusCell, type Status, subsystemStatus } from '../../cli/monitor/status.ts';
import { SUBSYSTEMS } from '../../subsystems/all.gen.ts';
import type { Look } from '../look.ts';
import type { Entry, List } from './list.ts';

const COLUMNS: readonly Column[] = [
  { title: 'Subsystems', min: 10, max: 12, priority: 1 },
  { title: 'STATUS', min: 13, max: 13, priority: 1 },
  { title: 'READ', min: 6, priority: 2 },
  { title: '', min: 30, priority: 1 },
];
/** Problems named in a line. */
const NAMED = 2;

interface Standing {
  subsystem: Registered;
  status: Status;
  read: string;
  wrong: readonly Finding[];
}

/** Each subsystem that any node has, the wrong ones first; what is equal and harmless shares a row. */
export function* subsystemsList(look: Look): Steps<List> {
  const standings: Standing[] = [];
  for (const subsystem of SUBSYSTEMS) {
    standings.push(...(yield* standing(subsystem, look)));
  }
  standings.sort((a, b) => rank(a) - rank(b));
  const calm = standings.filter(({ wrong, status }) => wrong.length === 0 && status !== 'muted');
  const named = standings.filter((each) => !calm.includes(each));
  const groups = calm.length > 0 && named.length > 0 ? [...named.map(rowOf), othersRow(calm)] : standings.map(rowOf);
  return { id: 'subsystems', columns: COLUMNS, count: '', remark: '', entries: groups, empty: ['Nothing was read.'], note: '' };
}

const ORDER: readonly Status[] = ['critical', 'warning', 'muted', 'unknown', 'partial', 'healthy'];

function rank({ status }: Standing): number {
  return ORDER.indexOf(status);
}

/** So many nodes are judged without a pause. */
const NODES = 128;

function* standing(subsystem: Registered, look: Look): Steps<Standing[]> {
  const { name } = subsystem;
  const nodes = shownNodes(look.round);
  const having = nodes.filter((node) => {
    const state = (node.report ?? look.last.get(node.name)?.report)?.states[name];
    return state !== undefined && state !== 'absent';
  });
  if (having.length === 0) return [];
  const read = having.filter(({ report }) => report !== null && report.states[name] === 'ok').length;
  const findings = shownFindings(look.round).filter((finding) => finding.subsystem === name);
  const wrong = findings.filter(({ state, severity }) => state === 'firing' && severity !== 'info');
  const statuses: Status[] = [];
  for (const node of having) {
    statuses.push(subsystemStatus(node, name, findingsOf(look.round, node.name)));
    if (statuses.length % NODES === 0) yield;
  }
  return [{ subsystem, status: worst(statuses, wrong), read: `${read} of ${having.length}`, wrong }];
}

function worst(statuses: readonly Status[], wrong: readonly Finding[]): Status {
  if (wrong.some(({ severity }) => severity === 'critical')) return 'critical';
  if (wrong.length > 0) return 'warning';
  if (statuses.includes('muted')) return 'muted';
  return statuses.every((status) => status === 'healthy' || status === 'absent')
    ? 'healthy'
    : statuses.every((status) => status === 'unknown')
      ? 'unknown'
      : 'partial';
}

function rowOf({ subsystem: { name, tab }, status, read, wrong }: Standing): Entry {
  const said = wrong.slice(0, NAMED).map(({ node, message }) => `${node}: ${message}`);
  const more = wrong.length > NAMED ? [`${wrong.length - NAMED} more`] : [];
  const calm =
    status === 'healthy'
      ? 'Nothing is wrong'
      : status === 'unknown'
        ? 'Nothing was read of it'
        : status === 'muted'
          ? 'What is wrong follows from another alert'
          : 'Nothing wrong in what was read';
  return {
    key: `subsystem\0${name}`,
    cells: [name, statusCell(status), read, wrong.length === 0 ? { text: calm, role: 'muted' } : [...said, ...more].join('; ')],
    node: null,
    finding: wrong[0] ?? null,
    problem: wrong.length > 0,
    open: tab === undefined ? null : { kind: 'row', list: 'tab', key: tab },
  };
}

function othersRow(calm: readonly Standing[]): Entry {
  const status = calm.every((each) => each.status === 'healthy') ? 'healthy' : 'partial';
  const names = listed(calm.map(({ subsystem }) => subsystem.name));
  return {
    key: 'subsystem\0others',
    cells: [
      `${calm.length} ${calm.length === 1 ? 'other' : 'others'}`,
      statusCell(status),
      '',
      { text: `${names}: nothing wrong where read`, role: 'muted' },
    ],
    node: null,
    finding: null,
    problem: false,
    open: null,
  };
}
