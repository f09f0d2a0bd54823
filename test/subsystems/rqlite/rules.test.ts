import { describe, expect, it } from 'vitest';
import { fleetOf, found, silent, standing } from './fleet.ts';

const THREE = ['a', 'b', 'c'];
const FIVE = ['a', 'b', 'c', 'd', 'e'];

describe('a quorum', () => {
  it('counts a voter that gave no report by what the others see of it', () => {
    const ids = THREE;
    expect(found(fleetOf({ a: standing('a', ids), b: standing('b', ids), c: null }))).toEqual([]);
    const lost = ['c'];
    expect(found(fleetOf({ a: standing('a', ids, { lost }), b: standing('b', ids, { lost }), c: null }))).toEqual([
      'critical peer-unreachable c c',
      'warning quorum-fragile cluster rqlite',
    ]);
  });

  it('finds a silent machine by its name where the addresses in the cluster are others than those that it is asked by', () => {
    const lost = ['c'];
    const fleet = fleetOf({ a: standing('a', THREE, { lost }), b: standing('b', THREE, { lost }), c: null });
    const nodes = fleet.nodes.map((node) => ({ ...node, host: '203.0.113.7' }));
    expect(found({ ...fleet, nodes })).toContain('critical peer-unreachable c c');
  });

  it('of five bears one loss without a word, is fragile after two and lost after three', () => {
    const withLoss = (lost: readonly string[]) =>
      found(fleetOf(Object.fromEntries(FIVE.map((id) => [id, lost.includes(id) ? silent() : standing(id, FIVE, { lost })])))).filter(
        (line) => line.includes('quorum'),
      );
    expect(withLoss(['e'])).toEqual([]);
    expect(withLoss(['d', 'e'])).toEqual(['warning quorum-fragile cluster rqlite']);
    expect(withLoss(['c', 'd', 'e'])).toEqual(['critical quorum-lost cluster rqlite']);
  });

  it('does not miss a node that only reads', () => {
    const shape = { lost: ['d'], readers: ['d'] };
    const ids = ['a', 'b', 'c', 'd'];
    expect(
      found(fleetOf({ a: standing('a', ids, shape), b: standing('b', ids, shape), c: standing('c', ids, shape), d: silent() })),
    ).toEqual(['critical peer-unreachable d d muted', 'critical unresponsive d rqlite']);
  });

  it('is not told lost where no node could say who its voters are', () => {
    expect(found(fleetOf({ a: standing('a', THREE, { nodes: null }), b: silent() }))).toEqual(['critical unresponsive b rqlite']);
  });
});

describe('a leader', () => {
  it('that was not read is believed where the others reach it', () => {
    expect(found(fleetOf({ b: standing('b', THREE), c: standing('c', THREE) }))).toEqual([]);
  });

  it('that does not answer is none, though the others still name it', () => {
    const lost = ['a'];
    expect(found(fleetOf({ a: silent(), b: standing('b', THREE, { lost }), c: standing('c', THREE, { lost }) }))).toContain(
      'critical no-leader cluster rqlite',
    );
  });

  it('of another cluster is no second one: clusters are told apart by their addresses', () => {
    const [one, two] = [
      ['a', 'b'],
      ['x', 'y'],
    ] as const;
    expect(
      found(fleetOf({ a: standing('a', one), b: standing('b', one), x: standing('x', two), y: standing('y', two, { version: 'v9' }) })),
    ).toEqual(['warning version-differs cluster rqlite of x']);
  });

  it('of two machines that each run one alone is no split brain, though both call themselves localhost', () => {
    const alone = standing('localhost', ['localhost']);
    expect(found(fleetOf({ a: alone, b: alone }))).toEqual([]);
  });
});

describe('a lag', () => {
  const writes = {
    seconds: 30,
    applied: 30_000,
    query_errors: 0,
    execute_errors: 0,
    remote_exec_errors: 0,
    leader_not_found: 0,
    snapshot_errors: 0,
    client_retries: 0,
    client_timeouts: 0,
  };
  const lagging = (section: object, asked: number) => {
    const fleet = fleetOf({
      a: standing('a', THREE, { applied_index: 9000, commit_index: 9000, ...section }),
      b: standing('b', THREE, { applied_index: 8500, commit_index: 8500 }),
      c: null,
    });
    const nodes = fleet.nodes.map((node) => (node.name === 'a' ? { ...node, answered_at_ms: asked } : node));
    return found({ ...fleet, nodes }).filter((line) => line.includes('lag'));
  };

  it('of more than 100 entries is told', () => {
    expect(lagging({}, 0)).toEqual(['warning applied-lag b rqlite']);
  });

  it('that what was written between the two looks explains is none', () => {
    expect(lagging({ since_last: writes }, 1000)).toEqual([]);
    expect(lagging({ since_last: writes }, 100)).toEqual(['warning applied-lag b rqlite']);
  });
});
