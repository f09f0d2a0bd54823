import { describe, expect, it } from 'vitest';
import type { NodeSnapshot } from '../../src/core/snapshot.ts';
import { inspect } from '../../src/inspect/inspection.ts';
import { totals } from '../../src/inspect/result.ts';
import { SECTIONS } from '../../src/subsystems/sections.gen.ts';
import { CAST, filesystem, node, report, round, system } from '../cli/fleet.ts';
import { inspected, line, nothingKnown } from './fleet.ts';

/** The one check of a subsystem that needs nothing of its section, but the version that every report has. */
const OF_THE_REPORT = 'system.version_consistent';

describe('ward inspect', () => {
  it.each(Object.keys(SECTIONS).filter((name) => name !== 'checks' && name !== 'namespaces'))(
    'passes nothing of %s where nothing of it is known',
    (name) => {
      const blank = nothingKnown(name);
      const nodes = ['a', 'b'].map((each) => node(each, report({ [name]: blank }, { profile: 'orama' }), { profile: 'orama' }));
      const results = inspected(nodes).filter(({ subsystem, id }) => subsystem === name && id !== OF_THE_REPORT);
      expect(results.length).toBeGreaterThan(0);
      expect(results.filter(({ status }) => status === 'pass').map(line)).toEqual([]);
      expect(results.filter(({ status, message }) => status === 'skip' && message === '')).toEqual([]);
    },
  );

  it('fails a node that does not answer once, and skips the rest of it', () => {
    const results = inspected(CAST).filter((each) => each.node === 'ns3');
    expect(results.filter(({ status }) => status === 'fail').map(({ id }) => id)).toEqual(['ssh.reachable']);
    expect(results.filter(({ id }) => id.startsWith('system.')).length).toBeGreaterThan(10);
    expect(results.filter(({ id, status }) => id !== 'ssh.reachable' && status !== 'skip').map(line)).toEqual([]);
  });

  it('lists fails first, and names what is wrong by the id that people know', () => {
    const results = inspected(CAST);
    const order = results.map(({ status }) => ['fail', 'warn', 'skip', 'pass'].indexOf(status));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(results.filter(({ status }) => status === 'fail').map(line)).toEqual(['fail ssh.reachable ns3 ssh', 'fail system.disk ns2 /']);
    expect(results.map(line)).toContain('warn system.steal vm4 steal');
  });

  it('cannot tell what differs between nodes while one of them is silent', () => {
    const skew = inspected(CAST).find(({ id }) => id === 'system.version_consistent');
    expect(skew).toMatchObject({ status: 'skip', node: '', message: 'cannot be told without ns3' });
  });

  it('passes a value only where it was read, and says why it skips it where not', () => {
    const unread = node(
      'a',
      report(
        { system: system({ mem_use_pct: null }) },
        { unknown: [{ path: 'system.mem_use_pct', kind: 'denied', reason: 'read /proc/meminfo: permission denied' }] },
      ),
    );
    const of = (nodes: readonly NodeSnapshot[]) => inspected(nodes).find(({ id, node: at }) => id === 'system.memory' && at === 'a');
    expect(of([unread])).toMatchObject({ status: 'skip', message: 'read /proc/meminfo: permission denied' });
    expect(of([node('a', report({ system: system() }))])).toMatchObject({
      status: 'pass',
      evidence: { answered: 'mem_use_pct 48', limit: 'used_pct 85' },
    });
  });

  it('never fails for what is pending', () => {
    const busy = inspected([node('a', report({ system: system({ cpu_use_pct: 99 }) }))]);
    expect(busy.filter(({ id }) => id === 'system.cpu').map(line)).toEqual(['warn system.cpu a cpu']);
  });

  it('shows one node, and still compares it with the others', () => {
    const { snapshot } = round(CAST);
    const results = inspect(snapshot, [], { subsystems: ['system'], nodes: new Set(['ns2']) });
    expect(new Set(results.map(({ node: at }) => at))).toEqual(new Set(['ns2', '']));
    expect(new Set(results.map(({ subsystem }) => subsystem))).toEqual(new Set(['ssh', 'system']));
  });

  it('keeps to the thresholds of the configuration, and leaves out what is switched off', () => {
    const { snapshot } = round([node('a', report({ system: system({ filesystems: [filesystem('/', 88)] }) }))]);
    const disk = (settings: Parameters<typeof inspect>[1]) =>
      inspect(snapshot, settings, { subsystems: [], nodes: new Set(['a']) })
        .filter(({ id }) => id === 'system.disk')
        .map(({ status }) => status);
    expect(disk([])).toEqual(['warn']);
    expect(disk([{ rule: 'system/disk', levels: { critical: 87 } }])).toEqual(['fail']);
    expect(disk([{ rule: 'system/disk', off: true }])).toEqual([]);
  });

  it('says of a subsystem that was asked for and is nowhere that it is nowhere', () => {
    const { snapshot } = round([node('a', report({ system: system() }))]);
    const results = inspect(snapshot, [], { subsystems: ['rqlite'], nodes: new Set(['a']) });
    expect(totals(results)).toMatchObject({ fail: 0, warn: 0, skip: 1 });
    expect(results.map(line)).toContain('skip rqlite.here cluster');
  });
});
