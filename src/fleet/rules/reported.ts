import { FAULT } from '../../core/ask.ts';
import type { Report, UnknownEntry } from '../../core/report.ts';
import { type Found, fleetRule, type Rule } from '../../core/rule.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { onNode } from '../../core/command.ts';
import { many } from '../../core/units.ts';
import { NOT_PLAUSIBLE } from '../report/plausible.ts';

type FoundAt = Found & { node: string };

const nodeFile = fleetRule<never>()({
  name: 'node-file',
  severity: 'warning',
  about: "The node's own file, which says what belongs to it, has a mistake; what is right in it is followed.",
  source: 'our own',
  levels: {},
  compare: (_fleet, _levels, snapshot) =>
    perReport(snapshot, ({ unknown }) =>
      unknown
        .filter(({ path }) => path === 'profile')
        .map(({ reason }) => ({
          subject: 'node.yaml',
          message: `Its own file has a mistake: ${reason}`,
          evidence: { asked: '/etc/wardround/node.yaml', answered: reason, limit: '' },
          next: onNode`cat /etc/wardround/node.yaml`,
        }))
        .slice(0, 1),
    ),
});

const expectedAbsent = fleetRule<never>()({
  name: 'expected-absent',
  severity: 'warning',
  about: "A subsystem that the node's profile or own file expects is not there.",
  source: 'Orama: each node of the cluster runs it',
  levels: {},
  compare: (_fleet, _levels, snapshot) =>
    perReport(snapshot, ({ expected, states, unknown }) =>
      expected
        .filter((name) => states[name] === 'absent')
        .map((name) => {
          const why = unknown.find(({ path }) => path === name)?.reason ?? 'it is not there';
          return {
            subject: name,
            message: `${name} is expected here and is not there: ${why}`,
            evidence: { asked: name, answered: why, limit: 'expected by its profile or node.yaml' },
            next: { say: 'Install it, or take it out of expect: in /etc/wardround/node.yaml.' },
          };
        }),
    ),
});

const collectorFault = fleetRule<never>()({
  name: 'collector-fault',
  severity: 'warning',
  about: 'A mistake in ward itself: what it touches is unknown until ward is mended.',
  source: 'our own',
  levels: {},
  compare: (_fleet, _levels, snapshot) =>
    perReport(snapshot, ({ unknown }) =>
      bySection(
        unknown.filter(({ reason }) => reason.includes(FAULT)),
        'A fault in ward leaves',
      ),
    ),
});

const implausible = fleetRule<never>()({
  name: 'implausible',
  severity: 'warning',
  about: 'What the node sent cannot be: a value of the wrong kind, a percentage above 100, a negative size. It is taken as unknown.',
  source: 'our own',
  levels: {},
  compare: (_fleet, _levels, snapshot) =>
    perReport(snapshot, ({ unknown }) =>
      bySection(
        unknown.filter(({ reason }) => reason.startsWith(NOT_PLAUSIBLE)),
        'Its report cannot be right in',
      ),
    ),
});

/** One finding for a section, however many values in it. */
function bySection(entries: readonly UnknownEntry[], sentence: string): Found[] {
  const sections = new Map<string, UnknownEntry[]>();
  for (const entry of entries) {
    const [section = ''] = entry.path.split(/[.[]/, 1);
    sections.set(section, [...(sections.get(section) ?? []), entry]);
  }
  return [...sections].map(([section, [first, ...more]]) => ({
    subject: section,
    message: `${sentence} ${first?.path ?? section}${more.length === 0 ? '' : ` and ${many(more.length, 'further value')}`}: ${first?.reason ?? ''}`,
    evidence: {
      asked: 'the report',
      answered: [first, ...more]
        .slice(0, 5)
        .map((entry) => `${entry?.path}: ${entry?.reason}`)
        .join('; '),
      limit: '',
    },
    next: onNode`ward node report --json --only ${section}`,
  }));
}

function perReport({ nodes }: Snapshot, find: (report: Report) => readonly Found[]): FoundAt[] {
  return nodes.flatMap(({ name, report }) => (report === null ? [] : find(report).map((found) => ({ ...found, node: name }))));
}

/** Whether the reports themselves are as they should be. */
export const reportedRules: readonly Rule[] = [nodeFile, expectedAbsent, collectorFault, implausible];
