import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/core/evaluate.ts';
import type { Report } from '../../src/core/report.ts';
import { CLUSTER, fleetRule, type Rule, rule } from '../../src/core/rule.ts';
import type { RuleSetting } from '../../src/core/settings.ts';
import type { NodeSnapshot, Snapshot } from '../../src/core/snapshot.ts';

interface Disk {
  use_pct: number | null;
  mounts: { path: string; use_pct: number }[] | null;
}

const evidence = { asked: 'statfs', answered: 'much', limit: '' };

const full = rule<Disk>()({
  name: 'full',
  severity: 'warning',
  about: 'A disk fills up.',
  source: 'test',
  levels: { warning: 85, critical: 90 },
  orama: { warning: 95 },
  needs: ['mounts'],
  find: ({ mounts }, { warning, critical }) =>
    mounts
      .filter(({ use_pct }) => use_pct > warning)
      .map(({ path, use_pct }) => ({
        subject: path,
        severity: use_pct > critical ? 'critical' : 'warning',
        message: `${path} is ${use_pct}% full`,
        evidence,
      })),
});

function node(name: string, section: Disk | null | 'dead' | 'absent', more: Partial<NodeSnapshot> = {}): NodeSnapshot {
  const report = {
    states: { disk: section === 'absent' ? 'absent' : section === null ? 'unknown' : 'ok' },
    unknown: section === null ? [{ path: 'disk', kind: 'timeout', reason: 'statfs hung' }] : [],
    disk: section === 'absent' ? null : section,
  } as unknown as Report;
  const base = {
    host: name,
    environment: 'test',
    role: 'node',
    tags: [],
    groups: [],
    via: 'ward',
    profile: 'default',
    failure: null,
    asked_at_ms: 0,
    answered_at_ms: 0,
    notes: [],
  } as const;
  return { ...base, name, report: section === 'dead' ? null : report, ...more };
}

const snapshot = (...nodes: NodeSnapshot[]): Snapshot => ({ environment: 'test', taken_at_ms: 0, duration_ms: 0, nodes });
const disk = (use_pct: number): Disk => ({ use_pct, mounts: [{ path: '/', use_pct }] });
const run = (fleet: Snapshot, settings: RuleSetting[] = [], rules: Rule[] = [full]) => evaluate(fleet, [{ name: 'disk', rules }], settings);
const short = (fleet: Snapshot, settings?: RuleSetting[]) =>
  run(fleet, settings).findings.map(({ severity, node: at, subject }) => `${severity} ${at} ${subject}`);

describe('evaluate', () => {
  it('orders findings worst first, then by node, whatever the order of nodes', () => {
    const [a, b, c] = [node('a', disk(86)), node('b', disk(99)), node('c', disk(10))];
    expect(short(snapshot(a, b, c))).toEqual(['critical b /', 'warning a /']);
    expect(short(snapshot(c, b, a))).toEqual(['critical b /', 'warning a /']);
  });

  it('skips a check whose data is unknown, with the reason, and never passes it', () => {
    const { checks } = run(
      snapshot(node('a', null), node('b', { use_pct: 1, mounts: null }), node('c', 'absent'), node('d', 'dead'), node('e', disk(1))),
    );
    expect(checks).toEqual([
      { rule: 'disk/full', node: 'a', outcome: 'skip', reason: 'statfs hung' },
      { rule: 'disk/full', node: 'b', outcome: 'skip', reason: 'disk.mounts is not known' },
      { rule: 'disk/full', node: 'e', outcome: 'pass', reason: '' },
    ]);
  });

  it('turns a rule that throws on hostile data into a skip', () => {
    const { checks, findings } = run(snapshot(node('a', { use_pct: 1, mounts: 'boo' as never })));
    expect(findings).toEqual([]);
    expect(checks).toMatchObject([{ outcome: 'skip', reason: expect.stringContaining('fault in ward') as string }]);
  });

  it('takes the levels of the profile, then of the settings that concern the node', () => {
    expect(short(snapshot(node('a', disk(93), { profile: 'orama' })))).toEqual([]);
    expect(short(snapshot(node('a', disk(86))), [{ rule: 'disk/*', levels: { warning: 88 } }])).toEqual([]);
    expect(
      short(snapshot(node('a', disk(86), { tags: ['big'] }), node('b', disk(86))), [{ rule: 'disk/full', tag: 'big', off: true }]),
    ).toEqual(['warning b /']);
    expect(short(snapshot(node('a', disk(86))), [{ rule: 'disk/full', role: 'node', severity: 'info' }])).toEqual(['info a /']);
  });

  it('lets one subject have levels of its own, tighter or wider than the others', () => {
    const two = {
      use_pct: 1,
      mounts: [
        { path: '/', use_pct: 87 },
        { path: '/srv/a', use_pct: 87 },
        { path: '/tmp', use_pct: 50 },
      ],
    };
    expect(short(snapshot(node('a', two)), [{ rule: 'disk/full', subject: '/srv/*', levels: { warning: 95 } }])).toEqual(['warning a /']);
    expect(short(snapshot(node('a', two)), [{ rule: 'disk/full', subject: '/tmp', levels: { warning: 40, critical: 45 } }])).toEqual([
      'critical a /tmp',
      'warning a /',
      'warning a /srv/a',
    ]);
    expect(short(snapshot(node('a', two)), [{ rule: 'disk/full', subject: '*', off: true }])).toEqual([]);
  });

  it('mutes what is about a node that does not answer, and keeps the rest', () => {
    const silent = fleetRule<unknown>()({
      name: 'unreachable',
      severity: 'critical',
      about: 'A node is silent.',
      source: 'test',
      levels: {},
      compare: (_fleet, _levels, { nodes }) =>
        nodes
          .filter(({ report }) => report === null)
          .map(({ name }) => ({ node: name, subject: 'ssh', message: 'Does not answer', evidence })),
    });
    const stale = rule<Disk>()({
      name: 'stale',
      severity: 'warning',
      about: 'A peer is silent.',
      source: 'test',
      levels: {},
      needs: [],
      find: () => ['b', 'c'].map((about) => ({ subject: about, about, message: `${about} is silent`, evidence })),
    });
    const { findings } = evaluate(
      snapshot(node('a', disk(1)), node('b', 'dead')),
      [
        { name: 'ssh', rules: [silent] },
        { name: 'disk', rules: [stale] },
      ],
      [],
    );
    expect(findings.map(({ node: at, subject, state, follows }) => [at, subject, state, follows])).toEqual([
      ['b', 'ssh', 'firing', null],
      ['a', 'b', 'muted', 'b: Does not answer'],
      ['a', 'c', 'firing', null],
    ]);
  });

  it('shows what has not held long enough as pending', () => {
    const busy = rule<Disk>()({
      name: 'busy',
      severity: 'warning',
      about: 'Busy.',
      source: 'test',
      levels: {},
      needs: ['use_pct'],
      find: () => [{ subject: 'cpu', message: 'Busy', evidence, for_s: 300 }],
    });
    expect(run(snapshot(node('a', disk(1))), [], [busy]).findings).toMatchObject([{ state: 'pending' }]);
  });

  it('lets a rule across the fleet name the node, and gives it one check', () => {
    const most = fleetRule<Disk>()({
      name: 'most',
      severity: 'info',
      about: 'The fullest.',
      source: 'test',
      levels: {},
      compare: (fleet) => fleet.slice(0, 1).map(({ node: { name } }) => ({ node: name, subject: 'x', message: 'fullest', evidence })),
    });
    const { findings, checks } = run(snapshot(node('a', disk(1)), node('b', null)), [], [most]);
    expect(findings).toMatchObject([{ node: 'a', rule: 'disk/most' }]);
    expect(checks).toEqual([{ rule: 'disk/most', node: CLUSTER, outcome: 'fail', reason: '' }]);
  });
});
